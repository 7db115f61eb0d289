import type { JsonObject } from '../define.ts';
import { str } from '../shared/read.ts';
import { least, maxOf } from './bounds.ts';
import { formatSamples } from './formats.ts';
import { samplesOf } from './pattern.ts';

const maxLength = 2000;
const letters = 'abcdefghijklmnopqrstuvwxyz';

/** Texts by format, by pattern, and plain ones; whether they fit all keywords is judged later. */
export function* strings(schemas: readonly JsonObject[]): Generator<string> {
  const shortest = maxOf(schemas, 'minLength', 0);
  const maxAllowed = Math.min(maxLength, least(schemas, 'maxLength'));
  if (shortest > maxAllowed) return;
  for (const format of schemas.flatMap((schema) => str(schema.format) ?? []))
    yield* formatSamples(format, shortest);
  for (const pattern of schemas.flatMap((schema) => str(schema.pattern) ?? []))
    yield* samplesOf(pattern, shortest);
  yield 'a'.repeat(shortest);
  const length = Math.max(1, shortest);
  if (length > maxAllowed) return;
  for (const letter of letters) yield 'a'.repeat(length - 1) + letter;
  for (const letter of letters) yield 'b'.repeat(length) + letter;
}
