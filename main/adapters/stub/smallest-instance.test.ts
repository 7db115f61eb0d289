import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../define.ts';
import { smallestInstance } from './smallest-instance.ts';
import { tameSchema, wildSchema } from './schema-arbitraries.ts';

/** Formats by what Node itself thinks of a text, not by our own table. */
const formats: Record<string, (text: string) => boolean> = {
  'date-time': (text) => /T/.test(text) && !Number.isNaN(Date.parse(text)),
  date: (text) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)),
  uri: (text) => URL.canParse(text),
  email: (text) => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text),
  uuid: (text) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(text),
};

const ajv = new Ajv2020({ strict: false, logger: false });
for (const [name, validate] of Object.entries(formats)) ajv.addFormat(name, validate);

/** undefined where ajv itself throws: no schema, a reference without end, its own faults with `unevaluated…`. */
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
  test('an instance that the schema refuses', () => {
    fc.assert(
      fc.property(wildSchema, (schema) => {
        const value = smallestInstance(schema);
        return value === undefined || validates(schema, value) !== false;
      }),
      { numRuns: 800 },
    );
  });

  test('no instance for a schema that has plain ones', () => {
    fc.assert(
      fc.property(tameSchema, (schema) => {
        const value = smallestInstance(schema);
        return value !== undefined && validates(schema, value) === true;
      }),
      { numRuns: 300 },
    );
  });

  test('another instance for the same schema on the next call', () => {
    fc.assert(
      fc.property(
        wildSchema,
        (schema) => void expect(smallestInstance(schema)).toEqual(smallestInstance(schema)),
      ),
    );
  });

  const cases: [string, JsonObject, unknown][] = [
    ['an optional property filled in', { type: 'object', properties: { a: { type: 'string' } } }, {}],
    ['`default` taken for a value', { type: 'string', default: 'x' }, ''],
    [
      'a recursive schema running away',
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
      'a required recursion without an end',
      { type: 'object', required: ['c'], properties: { c: { $ref: '#' } } },
      undefined,
    ],
    ['a reference to itself and nothing else', { $ref: '#' }, undefined],
    [
      'equal items where they have to be unique',
      { type: 'array', minItems: 3, uniqueItems: true, items: { type: 'integer', minimum: 5 } },
      [5, 6, 7],
    ],
    [
      'a multiple of 0.1 that is none in floating point',
      { type: 'number', exclusiveMinimum: 0.2, multipleOf: 0.1 },
      0.4,
    ],
    ['both alternatives of a oneOf at once', { oneOf: [{ type: 'number' }, { type: 'integer' }] }, 0.5],
    [
      'a text too short for its pattern and length',
      { type: 'string', pattern: '^[A-Z]{2}-\\d+$', minLength: 6 },
      'AA-000',
    ],
    ['nothing for a slug pattern', { type: 'string', pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$' }, 'a'],
    [
      '`then` forgotten where `if` holds',
      { const: { k: 1, z: 2 }, if: { required: ['k'] }, then: { required: ['z'] } },
      { k: 1, z: 2 },
    ],
    [
      'null refused where the schema says nullable',
      { type: 'string', nullable: true, not: { type: 'string' } },
      null,
    ],
    ['`contains` forgotten', { type: 'array', items: { type: 'integer' }, contains: { const: 3 } }, [3]],
    [
      'a closed object that needs an unknown field',
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
  ])('a pattern that hangs the engine: %s', (pattern, minLength) => {
    const before = performance.now();
    smallestInstance({ type: 'string', pattern, minLength });
    expect(performance.now() - before).toBeLessThan(2000);
  });

  test('a schema with more combinations than can be tried', () => {
    const wide = Array.from({ length: 30 }, () => ({
      anyOf: Array.from({ length: 10 }, () => ({ minLength: 1 })),
    }));
    expect(smallestInstance({ type: 'string', allOf: [...wide, { maxLength: 0 }] })).toBeUndefined();
  });
});
