import type { JsonObject } from '../define.ts';
import { num } from '../shared/read.ts';
import { least, maxOf } from './bounds.ts';

const tries = 64;

/** Numbers near zero within the bounds; the other keywords are checked later. */
export function* numbers(schemas: readonly JsonObject[], integer: boolean): Generator<number> {
  const lower = Math.max(maxOf(schemas, 'minimum', -Infinity), maxOf(schemas, 'exclusiveMinimum', -Infinity));
  const upper = Math.min(least(schemas, 'maximum'), least(schemas, 'exclusiveMaximum'));
  const multiples = schemas.flatMap((schema) => num(schema.multipleOf) ?? []).filter((step) => step > 0);
  const steps = [...multiples, ...(integer ? [1] : [])];
  if (steps.length > 0) return yield* stepped(Math.max(...steps), lower, upper);
  if (lower <= 0 && upper >= 0) yield 0;
  const bounds = [lower, upper].filter(Number.isFinite).toSorted((a, b) => Math.abs(a) - Math.abs(b));
  yield* bounds;
  if (bounds.length === 2) yield (lower + upper) / 2;
  const start = bounds[0] ?? 0;
  for (let away = 1; away <= tries; away += 1) {
    yield start + away;
    yield start - away;
    yield start + away - 0.5;
    if (bounds.length === 2) yield lower + (upper - lower) / (away + 2);
  }
}

function* stepped(step: number, lower: number, upper: number): Generator<number> {
  const least = Number.isFinite(lower) ? Math.ceil(lower / step) : -Infinity;
  const maxSteps = Number.isFinite(upper) ? Math.floor(upper / step) : Infinity;
  const start = Math.min(Math.max(0, least), maxSteps);
  yield times(start, step);
  for (let away = 1; away <= tries; away += 1) {
    if (start + away <= maxSteps) yield times(start + away, step);
    if (start - away >= least) yield times(start - away, step);
  }
}

/** Avoids rounding errors (3 * 0.1 is 0.3) and negative zero, which JSON does not have. */
function times(count: number, step: number): number {
  return Number((count * step).toPrecision(15)) || 0;
}
