import { readFileSync } from 'node:fs';
import { jsonProblem } from './json.ts';

/** A file that is not there, or what is wrong with one that is. */
export type JsonFile =
  | { found: false }
  | { found: true; value: unknown; text: string }
  | { found: true; problem: string };

/** Reads a JSON file without throwing; a byte order mark is forgiven. */
export function readJson(path: string): JsonFile {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return code === 'ENOENT' ? { found: false } : { found: true, problem: `cannot be read (${code})` };
  }
  try {
    return { found: true, value: JSON.parse(text.replace(/^\uFEFF/, '')), text };
  } catch (error) {
    return { found: true, problem: `is not JSON: ${jsonProblem(error, text)}` };
  }
}
