import type { JsonObject } from '../define.ts';
import { num, str } from '../shared/read.ts';
import { hasFormat } from './formats.ts';
import { matches } from './pattern.ts';
import type { Verdict } from './verdict.ts';

/** Checks the string keywords; lengths count characters, not UTF-16 units. */
export function* fitsString(schema: JsonObject, text: string): Generator<Verdict> {
  const length = [...text].length;
  yield length >= (num(schema.minLength) ?? 0) && length <= (num(schema.maxLength) ?? Infinity);
  const pattern = str(schema.pattern);
  if (pattern !== undefined) yield matches(pattern, text);
  const format = str(schema.format);
  if (format !== undefined) yield hasFormat(format, text);
}

/** Checks the number keywords. `multipleOf` beyond 15 digits cannot be decided in floating point. */
export function* fitsNumber(schema: JsonObject, value: number): Generator<Verdict> {
  const above = num(schema.exclusiveMinimum);
  const below = num(schema.exclusiveMaximum);
  yield value >= (num(schema.minimum) ?? -Infinity) && value <= (num(schema.maximum) ?? Infinity);
  yield (above === undefined || value > above) && (below === undefined || value < below);
  // These are booleans in draft 4.
  if (typeof schema.exclusiveMinimum === 'boolean' || typeof schema.exclusiveMaximum === 'boolean')
    yield undefined;
  const step = num(schema.multipleOf);
  if (step !== undefined) yield Math.abs(value / step) < 1e15 ? Number.isInteger(value / step) : undefined;
}
