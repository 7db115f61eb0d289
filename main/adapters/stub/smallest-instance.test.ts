import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../define.ts';
import { smallestInstance } from './smallest-instance.ts';
import { tameSchema, wildSchema } from '../__fixtures__/schema-arbitraries.ts';

/** Formats as Node itself parses them, not by our own table. */
const formats: Record<string, (text: string) => boolean> = {
  'date-time': (text) => /T/.test(text) && !Number.isNaN(Date.parse(text)),
  date: (text) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)),
  uri: (text) => URL.canParse(text),
  email: (text) => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text),
  uuid: (text) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(text),
};

const ajv = new Ajv2020({ strict: false, logger: false });
for (const [name, validate] of Object.entries(formats)) ajv.addFormat(name, validate);

/**
 * undefined if ajv itself throws: an invalid schema, an endless reference, its own errors with
 * `unevaluated…`.
 */
function validates(schema: JsonObject, value: unknown): boolean | undefined {
  try {
    return ajv.validate(schema, value) as boolean;
  } catch {
    return undefined;
  } finally {
    ajv.removeSchema(schema);
  }
}

describe('smallestInstance', () => {
  test('never gives an instance that the schema refuses', () => {
    fc.assert(
      fc.property(wildSchema, (schema) => {
        const value = smallestInstance(schema);
        return value === undefined || validates(schema, value) !== false;
      }),
      { numRuns: 800 },
    );
  });

  test('finds an instance for every plain schema', () => {
    fc.assert(
      fc.property(tameSchema, (schema) => {
        const value = smallestInstance(schema);
        return value !== undefined && validates(schema, value) === true;
      }),
      { numRuns: 300 },
    );
  });

  test('gives the same instance for the same schema every time', () => {
    fc.assert(
      fc.property(
        wildSchema,
        (schema) => void expect(smallestInstance(schema)).toEqual(smallestInstance(schema)),
      ),
    );
  });

  const cases: [string, JsonObject, unknown][] = [
    ['leaves out an optional property', { type: 'object', properties: { a: { type: 'string' } } }, {}],
    ['ignores `default`', { type: 'string', default: 'x' }, ''],
    [
      'ends a recursion where the schema allows null',
      {
        $defs: {
          n: {
            type: 'object',
            required: ['next'],
            properties: { next: { anyOf: [{ $ref: '#/$defs/n' }, { type: 'null' }] } },
          },
        },
        $ref: '#/$defs/n',
      },
      { next: null },
    ],
    [
      'finds nothing for a required recursion without an end',
      { type: 'object', required: ['c'], properties: { c: { $ref: '#' } } },
      undefined,
    ],
    ['finds nothing for a bare reference to itself', { $ref: '#' }, undefined],
    [
      'gives unique items where they have to be unique',
      { type: 'array', minItems: 3, uniqueItems: true, items: { type: 'integer', minimum: 5 } },
      [5, 6, 7],
    ],
    [
      'gives a multiple of 0.1 despite floating point',
      { type: 'number', exclusiveMinimum: 0.2, multipleOf: 0.1 },
      0.4,
    ],
    ['matches exactly one alternative of a oneOf', { oneOf: [{ type: 'number' }, { type: 'integer' }] }, 0.5],
    [
      'matches a pattern and a minimum length together',
      { type: 'string', pattern: '^[A-Z]{2}-\\d+$', minLength: 6 },
      'AA-000',
    ],
    ['matches a slug pattern', { type: 'string', pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$' }, 'a'],
    [
      'applies `then` where `if` holds',
      { const: { k: 1, z: 2 }, if: { required: ['k'] }, then: { required: ['z'] } },
      { k: 1, z: 2 },
    ],
    [
      'gives null where the schema is nullable',
      { type: 'string', nullable: true, not: { type: 'string' } },
      null,
    ],
    ['applies `contains`', { type: 'array', items: { type: 'integer' }, contains: { const: 3 } }, [3]],
    [
      'finds nothing for a closed object that requires an undeclared property',
      { type: 'object', required: ['x'], additionalProperties: false },
      undefined,
    ],
  ];
  test.each(cases)('%s', (_, schema, expected) => {
    expect(smallestInstance(schema)).toEqual(expected);
  });

  test.each([
    ['^(a+)+$', 4000],
    ['^(a|a|a|a|a|a|a|a)*b$', 30],
    ['^(.*)*x$', 30],
    ['^(((a?)+)+)+$', 40],
  ])('returns soon for a pattern that would hang the engine: %s', (pattern, minLength) => {
    const before = performance.now();
    smallestInstance({ type: 'string', pattern, minLength });
    expect(performance.now() - before).toBeLessThan(2000);
  });

  test('gives up on a schema with too many combinations', () => {
    const wide = Array.from({ length: 30 }, () => ({
      anyOf: Array.from({ length: 10 }, () => ({ minLength: 1 })),
    }));
    expect(smallestInstance({ type: 'string', allOf: [...wide, { maxLength: 0 }] })).toBeUndefined();
  });
});
