import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
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

/** Writes a whole file or nothing, synced to disk before it takes the old one's place. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  await writeText(path, `${JSON.stringify(value, null, 2)}\n`);
}

/** As `writeJson`, for a text that is ready. @param mode the file's rights; by default those it has */
export async function writeText(path: string, text: string, mode?: number): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  await writeFileAtomic(path, text, { fsync: true, ...(mode === undefined ? {} : { mode }) });
}

/** As `writeText`, for bytes that can be made again: nothing waits for the disk. */
export async function writeBytes(path: string, bytes: Uint8Array): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  await writeFileAtomic(path, Buffer.from(bytes), { fsync: false });
}

/** Moves a file that cannot be read beside the new one; returns its new name. */
export function keepBroken(path: string, now: number): string {
  const name = `${path}.broken-${new Date(now).toISOString().replace(/[:.]/g, '-')}`;
  let kept = name;
  for (let n = 2; existsSync(kept); n++) kept = `${name}-${n}`;
  renameSync(path, kept);
  return kept;
}
