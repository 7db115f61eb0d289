import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { JsonObject } from '../define.ts';
import { ParameterReport } from '../shared/params.ts';
import { reason } from '../shared/reason.ts';
import { toOpenApiSchema } from './openapi-schema.ts';

function converted(schema: JsonObject): { out: JsonObject; paths: string[] } {
  const report = new ParameterReport({});
  const out = toOpenApiSchema(schema, ['s'], report);
  return {
    out,
    paths: report.close(() => reason('not_a_parameter', {}, '')).rewritten.map(({ path }) => path),
  };
}

describe('toOpenApiSchema', () => {
  test('stops at a recursive reference', () => {
    const { out, paths } = converted({
      type: 'object',
      properties: { next: { $ref: '#' }, name: { type: 'string' } },
    });
    expect(out.properties).toMatchObject({ name: { type: 'STRING' }, next: { type: 'OBJECT' } });
    expect(paths).toContain('/s/properties/next/properties/next/$ref');
  });

  test('turns null as an alternative, a type or an enum value into `nullable`', () => {
    const nullable = { type: 'STRING', nullable: true };
    expect(converted({ type: ['string', 'null'] }).out).toEqual(nullable);
    expect(converted({ anyOf: [{ type: 'null' }, { type: 'string' }] }).out).toEqual(nullable);
    expect(converted({ type: 'string', enum: ['a', null] }).out).toEqual({ ...nullable, enum: ['a'] });
  });

  test('turns a list of types into anyOf, as Gemini’s `type` takes only one', () => {
    expect(converted({ type: ['string', 'integer'] }).out).toEqual({
      anyOf: [{ type: 'STRING' }, { type: 'INTEGER' }],
    });
  });

  test('turns integer enums into strings, and drops mixed ones', () => {
    expect(converted({ type: 'integer', enum: [1, 2] }).out).toEqual({
      type: 'INTEGER',
      format: 'enum',
      enum: ['1', '2'],
    });
    expect(converted({ enum: ['a', 1] }).out).toEqual({});
  });

  test('merges both halves of an allOf', () => {
    const a = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] };
    const b = { properties: { b: { type: 'boolean' } }, required: ['b'] };
    expect(converted({ allOf: [a, b] }).out).toEqual({
      type: 'OBJECT',
      properties: { a: { type: 'STRING' }, b: { type: 'BOOLEAN' } },
      required: ['a', 'b'],
    });
  });

  test('leaves a property alone that is named like a keyword', () => {
    const { out } = converted({
      type: 'object',
      properties: { const: { type: 'string' }, $ref: { type: 'string' } },
    });
    expect(Object.keys(out.properties as JsonObject)).toEqual(['const', '$ref']);
  });

  test('removes keywords that Gemini refuses, and reports every edit', () => {
    const inner = fc.constant({ type: 'string', not: {} });
    const schema = fc.record(
      {
        type: fc.constant('array'),
        title: fc.string(),
        pattern: fc.string(),
        items: inner,
        uniqueItems: fc.boolean(),
        multipleOf: fc.integer(),
        if: inner,
        contains: inner,
        $comment: fc.string(),
      },
      { requiredKeys: [], noNullPrototype: true },
    );
    fc.assert(
      fc.property(schema, (given) => {
        const { out, paths } = converted(given);
        const stored = ['type', 'items', 'pattern', 'title'];
        expect(Object.keys(out).filter((key) => !stored.includes(key))).toEqual([]);
        for (const key of Object.keys(given))
          expect(stored.includes(key) || paths.includes(`/s/${key}`)).toBe(true);
        expect(paths.includes('/s/items/not')).toBe(given.items !== undefined);
      }),
    );
  });
});
