import type { WriteProblem, WrittenFile } from '../../define.ts';
import type { ScriptText, Occurrence } from './script-text.ts';
import { isEncodable, toByteSpans, type DecodedScript } from '../script/utf8.ts';

interface Edit {
  key: string;
  occurrence: Occurrence;
  target: string;
}

/**
 * Replaces the texts whose keys are in `targets`, in every place, and keeps all other bytes. A translation that the file
 * already has changes nothing.
 * @param after text to append to the file
 */
export function writeScript(
  bytes: Uint8Array,
  script: DecodedScript,
  texts: readonly ScriptText[],
  targets: ReadonlyMap<string, string>,
  after = '',
): WrittenFile {
  const problems: WriteProblem[] = [];
  const byKey = new Map(texts.map((text) => [text.unit.key, text]));
  const edits: Edit[] = [];
  for (const [key, target] of targets) {
    const text = byKey.get(key);
    if (text === undefined) {
      problems.push({ key, code: 'missing_unit', message: `The file has no text "${key}".` });
    } else if (target === (text.unit.target ?? text.unit.source)) {
      // Unchanged. A generated file has the source text in place of a missing translation.
    } else if (text.unit.readOnly !== undefined) {
      problems.push({ key, code: 'syntax', message: `${text.unit.readOnly} It was not changed.` });
    } else if (!isEncodable(target)) {
      problems.push(unencodable(key));
    } else {
      for (const occurrence of text.occurrences) edits.push({ key, occurrence, target });
    }
  }
  edits.sort((a, b) => a.occurrence.span.from - b.occurrence.span.from);
  return { bytes: splice(bytes, script, edits, after, problems), problems };
}

export function unencodable(key: string): WriteProblem {
  return {
    key,
    code: 'unencodable',
    message:
      'The translation ends in the middle of a character (half a surrogate pair), which UTF-8 cannot encode.',
  };
}

function splice(
  bytes: Uint8Array,
  script: DecodedScript,
  edits: readonly Edit[],
  after: string,
  problems: WriteProblem[],
): Uint8Array {
  if (edits.length === 0 && after === '') return bytes.slice();
  const encoder = new TextEncoder();
  const spans = toByteSpans(
    script,
    edits.map(({ occurrence }) => occurrence.span),
  );
  const parts: Uint8Array[] = [];
  let done = 0;
  edits.forEach(({ key, occurrence, target }, index) => {
    const { from, to } = spans[index]!;
    if (from < done) {
      problems.push({
        key,
        code: 'syntax',
        message: 'The text is part of another text, whose translation was written.',
      });
      return;
    }
    parts.push(bytes.subarray(done, from), encoder.encode(occurrence.write(target)));
    done = to;
  });
  parts.push(bytes.subarray(done), encoder.encode(after));
  const written = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    written.set(part, at);
    at += part.length;
  }
  return written;
}
