import type { JsonObject } from '../define.ts';
import { arr, num } from '../shared/read.ts';
import { equal } from './equal.ts';
import { between, type Verdict } from './verdict.ts';

/** Checks the array keywords. */
export function* fitsArray(
  schema: JsonObject,
  list: unknown[],
  fits: (schema: unknown, value: unknown) => Verdict,
): Generator<Verdict> {
  yield list.length >= (num(schema.minItems) ?? 0) && list.length <= (num(schema.maxItems) ?? Infinity);
  if (schema.uniqueItems === true) {
    yield !list.some((item, index) => list.slice(0, index).some((other) => equal(other, item)));
  }
  const prefix = arr(schema.prefixItems);
  for (const [index, item] of list.entries()) {
    if (index < prefix.length) yield fits(prefix[index], item);
    else if (Array.isArray(schema.items)) yield undefined;
    else if (schema.items !== undefined) yield fits(schema.items, item);
  }
  if (schema.contains === undefined) return;
  // ajv 8 does not count correctly inside `not` if both keywords are present, so such a schema is never
  // reported as fitting.
  if (prefix.length > 0) return yield undefined;
  const found = list.map((item) => fits(schema.contains, item));
  yield between(found, num(schema.minContains) ?? 1, num(schema.maxContains) ?? Infinity);
}
