import fc from 'fast-check';
import type { JsonObject } from '../define.ts';

const names = fc.constantFrom('a', 'b', 'c');
const small = fc.integer({ min: -3, max: 6 });
const count = fc.integer({ min: 0, max: 3 });
const scalar = fc.oneof(small, fc.constantFrom('', 'a', 'ab', '1970-01-01', true, false, null, 0.5));
const pattern = fc.constantFrom('^a', 'b$', '^[a-c]{2}$', '^\\d{1,3}$', '^(x|yy)+z?$', '(?=a)', '^[^a]+$', '[A-Z]\\.\\w', '');
const format = fc.constantFrom('date-time', 'date', 'uri', 'email', 'uuid', 'made-up');
const type = fc.constantFrom('null', 'boolean', 'integer', 'number', 'string', 'array', 'object');

/** Any mixture of keywords, most of them contradictory. */
export const wildSchema: fc.Arbitrary<JsonObject> = fc.letrec<{ schema: JsonObject; inner: unknown }>((tie) => ({
  inner: fc.oneof({ maxDepth: 3, withCrossShrink: true }, fc.boolean(), tie('schema')),
  schema: fc.record(
    {
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
      properties: fc.dictionary(names, tie('inner'), { maxKeys: 3, noNullPrototype: true }),
      patternProperties: fc.dictionary(pattern, tie('inner'), { maxKeys: 1, noNullPrototype: true }),
      additionalProperties: tie('inner'),
      propertyNames: fc.constantFrom(true, { maxLength: 1 }, { pattern: '^[ab]$' }),
      minProperties: count,
      maxProperties: count,
      dependentRequired: fc.constantFrom({ a: ['b'] }, { b: ['c'] }),
      dependentSchemas: fc.dictionary(names, tie('inner'), { maxKeys: 1, noNullPrototype: true }),
      unevaluatedProperties: fc.boolean(),
      prefixItems: fc.array(tie('inner'), { minLength: 1, maxLength: 2 }),
      items: tie('inner'),
      contains: tie('inner'),
      minContains: count,
      maxContains: count,
      minItems: count,
      maxItems: count,
      uniqueItems: fc.boolean(),
      allOf: fc.array(tie('inner'), { minLength: 1, maxLength: 2 }),
      anyOf: fc.array(tie('inner'), { minLength: 1, maxLength: 3 }),
      oneOf: fc.array(tie('inner'), { minLength: 1, maxLength: 3 }),
      not: tie('inner'),
      if: tie('inner'),
      then: tie('inner'),
      else: tie('inner'),
      $ref: fc.constantFrom('#', '#/properties/a', '#/anyOf/0', '#/$defs/gone'),
    },
    { requiredKeys: [], noNullPrototype: true },
  ).map(fewKeywords) as fc.Arbitrary<JsonObject>,
})).schema;

/** With all keywords at once hardly any schema would have an instance: the digits of a sum choose a few. */
function fewKeywords(schema: JsonObject): JsonObject {
  const entries = Object.entries(schema);
  const seed = JSON.stringify(schema).length;
  return Object.fromEntries(entries.filter((_, place) => (place * 7 + seed) % Math.ceil(entries.length / 4 || 1) === 0));
}

const text = fc.oneof(
  fc.record({ type: fc.constant('string'), minLength: count }),
  fc.record({ type: fc.constant('string'), format: fc.constantFrom('date-time', 'date', 'uri', 'email', 'uuid') }),
  fc.record({ type: fc.constant('string'), pattern: fc.constantFrom('^[a-z]+$', '^\\d{4}-\\d{2}$', '^(north|south)$') }),
  fc.record({ enum: fc.array(fc.string(), { minLength: 1, maxLength: 4 }) }),
);
const number = fc.oneof(
  fc.record({ type: fc.constantFrom('integer', 'number'), minimum: small }),
  fc.record({ type: fc.constant('number'), exclusiveMinimum: small, multipleOf: fc.constantFrom(0.1, 0.5, 2) }),
);

/** Schemas as people write them for a model's reply: every one has an instance. */
export const tameSchema: fc.Arbitrary<JsonObject> = fc.letrec<{ schema: JsonObject }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3 },
    text as fc.Arbitrary<JsonObject>,
    number as fc.Arbitrary<JsonObject>,
    fc.constantFrom<JsonObject>({ type: 'boolean' }, { type: ['string', 'null'] }, { const: 'x' }),
    fc.record({ type: fc.constant('array'), items: tie('schema'), minItems: count }) as fc.Arbitrary<JsonObject>,
    fc.record({ anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }) }) as fc.Arbitrary<JsonObject>,
    fc.dictionary(names, tie('schema'), { maxKeys: 3, noNullPrototype: true }).map((properties) => ({
      type: 'object',
      properties,
      required: Object.keys(properties),
      additionalProperties: false,
    })),
  ),
})).schema;
