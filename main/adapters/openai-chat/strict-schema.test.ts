import { expect, it } from 'vitest';
import { fitsStrictMode } from './strict-schema.ts';

const closed = (properties: Record<string, unknown>) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

it('accepts a schema that follows every rule, with references and unions', () => {
  const schema = {
    ...closed({
      mood: { type: ['string', 'null'] },
      beats: { type: 'array', items: { $ref: '#/$defs/beat' } },
    }),
    $defs: { beat: closed({ kind: { anyOf: [{ const: 'line' }, { enum: ['sfx'] }] } }) },
  };
  expect(fitsStrictMode(schema)).toBe(true);
});

const deep = (levels: number): Record<string, unknown> =>
  closed({ inner: levels > 1 ? deep(levels - 1) : { type: 'string' } });

it.each([
  ['an optional property', { ...closed({ a: {}, b: {} }), required: ['a'] }],
  ['an open object', { ...closed({ a: {} }), additionalProperties: true }],
  ['a nested open object', closed({ a: { type: 'array', items: { type: 'object' } } })],
  ['an open object in a union type', closed({ a: { type: ['object', 'null'], properties: {} } })],
  ['a keyword that strict mode refuses', closed({ a: { allOf: [{ type: 'string' }] } })],
  ['a default', closed({ a: { type: 'string', default: '' } })],
  ['a root that is not an object', { type: 'array', items: { type: 'string' } }],
  ['a union at the root', { ...closed({ a: {} }), anyOf: [{ type: 'object' }] }],
  ['more than five levels', deep(6)],
])('leaves strict off for %s, which would be answered with a 400', (_, schema) => {
  expect(fitsStrictMode(schema)).toBe(false);
});
