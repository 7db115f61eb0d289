import fc from 'fast-check';
import type { JsonObject } from '../define.ts';

const names = fc.constantFrom('a', 'b', 'c');
const small = fc.integer({ min: -3, max: 6 });
const count = fc.integer({ min: 0, max: 3 });
const scalar = fc.oneof(small, fc.constantFrom('', 'a', 'ab', '1970-01-01', true, false, null, 0.5));
const pattern = fc.constantFrom(
  '^a',
  'b$',
  '^[a-c]{2}$',
  '^\\d{1,3}$',
  '^(x|yy)+z?$',
  '(?=a)',
  '^[^a]+$',
  '[A-Z]\\.\\w',
  '',
);
const format = fc.constantFrom('date-time', 'date', 'uri', 'email', 'uuid', 'made-up');
const type = fc.constantFrom('null', 'boolean', 'integer', 'number', 'string', 'array', 'object');

type Inner = fc.Arbitrary<unknown>;

/** Each entry adds one keyword, so that a schema has only a few; no value would satisfy all of them. */
const keywords = (inner: Inner): Record<string, Inner> => ({
  type: fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 3 })),
  const: scalar,
  enum: fc.array(scalar, { minLength: 1, maxLength: 3 }),
  minLength: count,
  maxLength: count,
  pattern,
  format,
  minimum: small,
  maximum: small,
  exclusiveMinimum: small,
  exclusiveMaximum: small,
  multipleOf: fc.constantFrom(0.1, 0.25, 1, 2, 3),
  required: fc.uniqueArray(names, { maxLength: 3 }),
  properties: record(names, inner),
  patternProperties: record(pattern, inner),
  additionalProperties: inner,
  propertyNames: fc.constantFrom(true, { maxLength: 1 }, { pattern: '^[ab]$' }),
  minProperties: count,
  maxProperties: count,
  dependentRequired: fc.constantFrom({ a: ['b'] }, { b: ['c'] }),
  dependentSchemas: record(names, inner),
  unevaluatedProperties: fc.boolean(),
  prefixItems: fc.array(inner, { minLength: 1, maxLength: 2 }),
  items: inner,
  contains: inner,
  minContains: count,
  maxContains: count,
  minItems: count,
  maxItems: count,
  uniqueItems: fc.boolean(),
  allOf: fc.array(inner, { minLength: 1, maxLength: 2 }),
  anyOf: fc.array(inner, { minLength: 1, maxLength: 3 }),
  oneOf: fc.array(inner, { minLength: 1, maxLength: 3 }),
  not: inner,
  if: inner,
  then: inner,
  else: inner,
  $ref: fc.constantFrom('#', '#/properties/a', '#/anyOf/0', '#/$defs/gone'),
});

function record(key: fc.Arbitrary<string>, value: Inner): Inner {
  return fc
    .array(fc.tuple(key, value), { maxLength: 2 })
    .map((entries) => Object.fromEntries(entries) as unknown);
}

function wild(depth: number): fc.Arbitrary<JsonObject> {
  const inner: Inner = depth === 0 ? fc.boolean() : fc.oneof(fc.boolean(), wild(depth - 1), wild(depth - 1));
  const pairs = Object.entries(keywords(inner)).map(([name, value]) => fc.tuple(fc.constant(name), value));
  return fc
    .array(fc.oneof(...pairs), { maxLength: 4 })
    .map((entries) => Object.fromEntries(entries) as JsonObject);
}

/** Any mixture of keywords, including contradictions. */
export const wildSchema = wild(3);

const text = fc.oneof(
  fc.record({ type: fc.constant('string'), minLength: count }),
  fc.record({
    type: fc.constant('string'),
    format: fc.constantFrom('date-time', 'date', 'uri', 'email', 'uuid'),
  }),
  fc.record({
    type: fc.constant('string'),
    pattern: fc.constantFrom('^[a-z]+$', '^\\d{4}-\\d{2}$', '^(north|south)$'),
  }),
  fc.record({ enum: fc.array(fc.string(), { minLength: 1, maxLength: 4 }) }),
);
const number = fc.oneof(
  fc.record({ type: fc.constantFrom('integer', 'number'), minimum: small }),
  fc.record({
    type: fc.constant('number'),
    exclusiveMinimum: small,
    multipleOf: fc.constantFrom(0.1, 0.5, 2),
  }),
);

/** Typical schemas for a model's reply; every one has an instance. */
export const tameSchema: fc.Arbitrary<JsonObject> = fc.letrec<{ schema: JsonObject }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    text as fc.Arbitrary<JsonObject>,
    number as fc.Arbitrary<JsonObject>,
    fc.constantFrom<JsonObject>({ type: 'boolean' }, { type: ['string', 'null'] }, { const: 'x' }),
    fc.record({
      type: fc.constant('array'),
      items: tie('schema'),
      minItems: count,
    }) as fc.Arbitrary<JsonObject>,
    fc.record({ anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }) }) as fc.Arbitrary<JsonObject>,
    fc.dictionary(names, tie('schema'), { maxKeys: 3, noNullPrototype: true }).map((properties) => ({
      type: 'object',
      properties,
      required: Object.keys(properties),
      additionalProperties: false,
    })),
  ),
})).schema;
