import { expect, test } from 'vitest';
import { schemaProblem } from './schema-problem.ts';

const bad: [string, Record<string, unknown>, RegExp][] = [
  ['an unknown type', { type: 'strnig' }, /type/],
  ['a property that is not a schema', { properties: { a: 'string' } }, /properties\/a/],
  ['`required` that is not a list', { required: 'a' }, /required/],
  ['an invalid pattern', { pattern: '(' }, /not a valid pattern/],
  ['an invalid pattern for names', { patternProperties: { '[': {} } }, /not a valid pattern/],
  ['a reference to another address', { $ref: 'https://example.org/a.json' }, /references are not fetched/],
  ['a reference to a file', { items: { $ref: 'other.json#/a' } }, /references are not fetched/],
  ['a dangling reference', { $ref: '#/$defs/gone' }, /references are not fetched/],
  ['an invalid reference', { $ref: '#/%E0%A4%A' }, /references are not fetched/],
  [
    'too deep a schema',
    JSON.parse(`${'{"items":'.repeat(40)}{}${'}'.repeat(40)}`) as Record<string, unknown>,
    /nested deeper/,
  ],
  ['too large a schema', { description: 'x'.repeat(70_000) }, /64 kB/],
  [
    'a keyword unknown to its older dialect',
    { $schema: 'http://json-schema.org/draft-07/schema#', type: 'strnig' },
    /type/,
  ],
];
test.each(bad)('%s is reported before a reply is paid for', (_what, schema, reason) => {
  expect(schemaProblem(schema)?.message).toMatch(reason);
});

const good: [string, Record<string, unknown> | null][] = [
  ['no schema', null],
  ['a recursive schema', { $ref: '#/$defs/a~1b', $defs: { 'a/b': { items: { $ref: '#' } } } }],
  ['a schema with an anchor', { $defs: { a: { $anchor: 'here' } }, $ref: '#here' }],
  [
    'a schema of an older dialect',
    {
      $schema: 'http://json-schema.org/draft-07/schema#',
      definitions: { a: {} },
      items: [{ $ref: '#/definitions/a' }],
    },
  ],
  ['a schema with unknown keywords', { 'x-order': ['a'], type: 'object' }],
];
test.each(good)('%s is accepted', (_what, schema) => {
  expect(schemaProblem(schema)).toBeUndefined();
});

test('our own reasons have a code; the validator’s are in English', () => {
  const codes = bad.map(([, schema]) => schemaProblem(schema)?.code);
  expect(new Set(codes)).toEqual(
    new Set(['schema', 'schema_pattern', 'schema_reference', 'schema_too_deep', 'schema_too_large']),
  );
});
