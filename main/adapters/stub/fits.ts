import type { JsonObject } from '../define.ts';
import { resolveLocal } from '../shared/local-ref.ts';
import { arr, isObject, str } from '../shared/read.ts';
import { equal } from './equal.ts';
import { fitsArray } from './fits-array.ts';
import { fitsNumber, fitsString } from './fits-scalar.ts';
import { fitsObject } from './fits-object.ts';
import type { Search } from './search.ts';
import { all, between, not, type Verdict } from './verdict.ts';

/** JSON Schema keywords that affect validity but are not supported here. */
const notJudged = ['$dynamicRef', '$recursiveRef', 'unevaluatedItems', 'dependencies', 'additionalItems'];

/**
 * Whether a value fits a schema.
 * @throws GaveUp (see `search.ts`) if the schema is nested too deeply
 */
export function fits(schema: unknown, value: unknown, search: Search): Verdict {
  if (typeof schema === 'boolean') return schema;
  if (!isObject(schema)) return undefined;
  return search.deeper(() => all(verdicts(schema, value, search)));
}

function* verdicts(schema: JsonObject, value: unknown, search: Search): Generator<Verdict> {
  const inner = (other: unknown, part: unknown): Verdict => fits(other, part, search);
  if (schema.type !== undefined) yield hasType(schema, value);
  if (Object.hasOwn(schema, 'const')) yield equal(schema.const, value);
  if (schema.enum !== undefined) yield arr(schema.enum).some((item) => equal(item, value));
  if (typeof value === 'string') yield* fitsString(schema, value);
  if (typeof value === 'number') yield* fitsNumber(schema, value);
  if (Array.isArray(value)) yield* fitsArray(schema, value, inner);
  if (isObject(value)) yield* fitsObject(schema, value, inner);
  yield* together(schema, value, search);
  // A nested $id changes the base of the references below it.
  if (notJudged.some((keyword) => schema[keyword] !== undefined)) yield undefined;
  if (schema.$id !== undefined && schema !== search.root) yield undefined;
}

function* together(schema: JsonObject, value: unknown, search: Search): Generator<Verdict> {
  const here = (other: unknown): Verdict => fits(other, value, search);
  if (schema.$ref !== undefined) {
    const target = resolveLocal(str(schema.$ref) ?? '', search.root);
    yield target === undefined ? undefined : here(target);
  }
  for (const part of arr(schema.allOf)) yield here(part);
  if (schema.anyOf !== undefined) yield between(arr(schema.anyOf).map(here), 1, Infinity);
  if (schema.oneOf !== undefined) yield between(arr(schema.oneOf).map(here), 1, 1);
  if (schema.not !== undefined) yield not(here(schema.not));
  if (schema.if === undefined) return;
  const when = here(schema.if);
  if (when !== false && schema.then !== undefined) yield when ? here(schema.then) : undefined;
  if (when !== true && schema.else !== undefined) yield when === false ? here(schema.else) : undefined;
}

function hasType(schema: JsonObject, value: unknown): boolean {
  if (value === null && schema.nullable === true) return true;
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  return types.some((type) => {
    if (type === 'null') return value === null;
    if (type === 'array') return Array.isArray(value);
    if (type === 'object') return isObject(value);
    if (type === 'integer') return Number.isInteger(value);
    return typeof value === type;
  });
}
