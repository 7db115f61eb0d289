import { arr, str } from '../shared/read.ts';
import { equal } from './equal.ts';
import { fits } from './fits.ts';
import { flatten, type Flat } from './flatten.ts';
import { arrays } from './make-array.ts';
import { numbers } from './make-number.ts';
import { objects } from './make-object.ts';
import type { Search } from './search.ts';
import type { JsonObject } from '../define.ts';
import { least, maxOf } from './bounds.ts';
import { formatSamples } from './formats.ts';
import { samplesOf } from './pattern.ts';

const maxLength = 2000;
const letters = 'abcdefghijklmnopqrstuvwxyz';

/** Texts by format, by pattern, and plain ones; the other keywords are checked later. */
function* strings(schemas: readonly JsonObject[]): Generator<string> {
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

/**
 * Values that certainly satisfy all of `schemas`, smaller ones first; `open` are the references that lead
 * here.
 */
export function* fitting(
  schemas: readonly unknown[],
  open: readonly string[],
  search: Search,
): Generator<unknown> {
  const flat = search.deeper(() => flatten(schemas, open, search));
  if (!flat) return;
  for (const value of alternatives(flat, search)) {
    search.spend();
    if (schemas.every((schema) => fits(schema, value, search) === true)) yield value;
  }
}

function* alternatives(flat: Flat, search: Search): Generator<unknown> {
  const [group, ...choices] = flat.choices;
  if (!group) return yield* values(flat, search);
  for (const alternative of group) {
    const more = search.deeper(() => flatten([alternative], flat.open, search));
    if (!more) continue;
    const plain = [...flat.plain, ...more.plain];
    yield* alternatives({ plain, choices: [...choices, ...more.choices], open: more.open }, search);
  }
}

function* values(flat: Flat, search: Search): Generator<unknown> {
  const listed = listedValues(flat);
  if (listed) return yield* listed;
  for (const type of typesOf(flat)) yield* byType(type, flat, search);
}

/** The values that are in every `const` and `enum`. */
function listedValues(flat: Flat): unknown[] | undefined {
  const lists = flat.plain.flatMap((schema) => [
    ...(Object.hasOwn(schema, 'const') ? [[schema.const]] : []),
    ...(Array.isArray(schema.enum) ? [arr(schema.enum)] : []),
  ]);
  const [first, ...others] = lists;
  return first?.filter((value) => others.every((list) => list.some((other) => equal(other, value))));
}

const allTypes = ['null', 'string', 'number', 'boolean', 'array', 'object'];

/** The remaining types, in the order of the first list; without a list, the type that the keywords imply. */
function typesOf(flat: Flat): string[] {
  const named = flat.plain.filter((schema) => schema.type !== undefined);
  const lists = named.map((schema) => [
    ...(Array.isArray(schema.type) ? schema.type.map(String) : [String(schema.type)]),
    ...(schema.nullable === true ? ['null'] : []),
  ]);
  const [first, ...others] = lists;
  if (!first) return [...new Set([...impliedTypes(flat), ...allTypes])];
  return first.flatMap((type) => {
    if (others.every((list) => list.includes(type) || (type === 'integer' && list.includes('number'))))
      return [type];
    const narrower =
      type === 'number' && others.every((list) => list.includes('integer') || list.includes('number'));
    return narrower ? ['integer'] : [];
  });
}

const keywordsOf: [string, string[]][] = [
  ['object', ['properties', 'required', 'additionalProperties', 'patternProperties', 'minProperties']],
  ['array', ['items', 'prefixItems', 'minItems', 'contains']],
  ['string', ['minLength', 'pattern', 'format']],
  ['number', ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']],
];

function impliedTypes(flat: Flat): string[] {
  return keywordsOf.flatMap(([type, keywords]) =>
    flat.plain.some((schema) => keywords.some((keyword) => schema[keyword] !== undefined)) ? [type] : [],
  );
}

function* byType(type: string, flat: Flat, search: Search): Generator<unknown> {
  const make = (schemas: readonly unknown[]): Generator<unknown> => fitting(schemas, flat.open, search);
  if (type === 'null') yield null;
  if (type === 'boolean') yield* [false, true];
  if (type === 'string') yield* strings(flat.plain);
  if (type === 'integer' || type === 'number') yield* numbers(flat.plain, type === 'integer');
  if (type === 'array') yield* arrays(flat.plain, make);
  if (type === 'object') yield* objects(flat.plain, make);
}
