import { describe, expect, it } from 'vitest';
import { deepFreeze } from '../__fixtures__/deep-freeze.ts';
import type { JsonObject } from '../define.ts';
import { fitSchema } from './fit-schema.ts';

const object = (properties: JsonObject, more: JsonObject = {}): JsonObject => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
  ...more,
});

const fit = (schema: JsonObject) => fitSchema(deepFreeze(schema), '/s');
const property = (schema: JsonObject) => (fit(object({ p: schema })).schema.properties as JsonObject).p;

describe('output_config.format', () => {
  it('gets a supported schema unchanged', () => {
    const schema = object(
      {
        mood: { type: 'string', enum: ['calm', 'afraid'], description: 'How she feels.' },
        beats: { type: 'array', items: object({ text: { type: ['string', 'null'] } }), minItems: 1 },
        when: { type: 'string', format: 'date-time' },
        id: { type: 'string', pattern: '^[a-z]{2}$', default: 'aa' },
        next: { anyOf: [{ $ref: '#/$defs/Choice' }, { type: 'null' }] },
      },
      { $defs: { Choice: object({ id: { type: 'string' } }) } },
    );
    expect(fit(schema)).toEqual({ schema, edits: [], blocker: undefined });
  });

  it('gets every object closed, in lists and definitions too, as the API otherwise answers 400', () => {
    const open = { type: 'object', properties: { a: { type: 'string' } } };
    const { schema, edits } = fit({
      ...open,
      $defs: { D: open },
      properties: { l: { type: 'array', items: open } },
    });
    expect(JSON.stringify(schema).match(/"additionalProperties":false/g)).toHaveLength(3);
    expect(edits.map((edit) => edit.path).toSorted()).toEqual([
      '/s/$defs/D/additionalProperties',
      '/s/additionalProperties',
      '/s/properties/l/items/additionalProperties',
    ]);
  });

  it('gets a nullable object closed', () => {
    const nullable = { type: ['object', 'null'], properties: { a: { type: 'string' } } };
    expect(property(nullable)).toEqual({ ...nullable, additionalProperties: false });
  });

  it('gets unsupported bounds in the description', () => {
    expect(property({ type: 'integer', minimum: 0, maximum: 9, description: 'A roll.' })).toEqual({
      type: 'integer',
      description: 'A roll. (minimum: 0, maximum: 9)',
    });
    expect(property({ type: 'array', items: { type: 'string' }, minItems: 2, maxItems: 4 })).toEqual({
      type: 'array',
      items: { type: 'string' },
      description: '(minItems: 2, maxItems: 4)',
    });
  });

  it('loses formats and patterns that do not compile, and only those', () => {
    expect(property({ type: 'string', format: 'iri' })).toEqual({
      type: 'string',
      description: '(format: "iri")',
    });
    expect(property({ type: 'string', pattern: '^(?!no)' })).not.toHaveProperty('pattern');
    expect(property({ type: 'string', pattern: '\\bword' })).not.toHaveProperty('pattern');
  });

  it('gets oneOf as anyOf, and an allOf of one unwrapped', () => {
    expect(property({ oneOf: [{ type: 'string' }, { type: 'number' }] })).toEqual({
      anyOf: [{ type: 'string' }, { type: 'number' }],
    });
    expect(property({ allOf: [{ $ref: '#/$defs/A' }] })).toEqual({ $ref: '#/$defs/A' });
  });

  it('gets the type that a schema’s keywords imply', () => {
    expect(property({ properties: { a: { type: 'string' } }, additionalProperties: false })).toMatchObject({
      type: 'object',
    });
  });

  it('keeps a property that is named like a keyword', () => {
    const schema = object({
      allOf: { type: 'string' },
      minimum: { type: 'string' },
      not: { type: 'string' },
    });
    expect(fit(schema).schema).toEqual(schema);
  });

  it('names an edit by a valid JSON pointer, whatever the property’s name', () => {
    const { edits } = fit(object({ 'a/b~c': { type: 'string', minLength: 1 } }));
    expect(edits.map((edit) => edit.path)).toEqual(['/s/properties/a~1b~0c/minLength']);
  });
});

describe('a schema it cannot express', () => {
  it.each([
    ['an object whose keys the model chooses', { type: 'object' }],
    ['a map', { type: 'object', additionalProperties: { type: 'string' } }],
    [
      'named properties beside a map',
      { ...object({ a: { type: 'string' } }), additionalProperties: { type: 'number' } },
    ],
    ['keys by pattern', { type: 'object', patternProperties: { '^x': { type: 'string' } } }],
    ['anything', {}],
    ['anything, with a title', { title: 'Anything' }],
    ['a list of anything', { type: 'array' }],
    ['a tuple', { type: 'array', items: [{ type: 'string' }] }],
    ['an enum of objects', { enum: [{ a: 1 }] }],
    ['an intersection', { allOf: [{ $ref: '#/$defs/A' }, { $ref: '#/$defs/B' }] }],
    ['anyOf beside properties', { ...object({ a: { type: 'string' } }), anyOf: [{ required: ['a'] }] }],
    ['a reference to another document', { $ref: 'https://example.org/s.json' }],
  ])('%s', (_, schema) => {
    expect(fit(object({ p: schema })).blocker?.code).toBe('schema_not_expressible');
  });

  it('does not include an object that must be empty', () => {
    expect(fit(object({ p: { type: 'object', additionalProperties: false } })).blocker).toBeUndefined();
  });

  it('does not include `additionalProperties: true` beside named properties, as closing it keeps the meaning', () => {
    expect(fit(object({ a: { type: 'string' } }, { additionalProperties: true })).blocker).toBeUndefined();
  });

  it('includes more than 24 optional properties, the API’s limit', () => {
    const many = (count: number) =>
      object(Object.fromEntries(Array.from({ length: count }, (_, n) => [`p${n}`, { type: 'string' }])), {
        required: [],
      });
    expect(fit(many(24)).blocker).toBeUndefined();
    expect(fit(many(25)).blocker?.message).toContain('24 optional');
  });
});
