import { expect, test } from 'vitest';
import { schemaProblem } from './schema-problem.ts';

const bad: [string, Record<string, unknown>, RegExp][] = [
  ['a type that is none', { type: 'strnig' }, /type/],
  ['a property that is no schema', { properties: { a: 'string' } }, /properties\/a/],
  ['required that is no list', { required: 'a' }, /required/],
  ['a pattern that is none', { pattern: '(' }, /no pattern/],
  ['a pattern that is none for names', { patternProperties: { '[': {} } }, /no pattern/],
  ['a reference to elsewhere', { $ref: 'https://example.org/a.json' }, /nothing is fetched/],
  ['a reference to a file', { items: { $ref: 'other.json#/a' } }, /nothing is fetched/],
  ['a reference to what is not there', { $ref: '#/$defs/gone' }, /nothing is fetched/],
  ['a reference that is not even one', { $ref: '#/%E0%A4%A' }, /nothing is fetched/],
  [
    'a nest',
    JSON.parse(`${'{"items":'.repeat(40)}{}${'}'.repeat(40)}`) as Record<string, unknown>,
    /nested deeper/,
  ],
  ['a book', { description: 'x'.repeat(70_000) }, /64 kB/],
  [
    'what an older dialect does not know',
    { $schema: 'http://json-schema.org/draft-07/schema#', type: 'strnig' },
    /type/,
  ],
];
test.each(bad)('%s is reported before a reply is paid for', (_what, schema, reason) => {
  expect(schemaProblem(schema)).toMatch(reason);
});

const good: [string, Record<string, unknown> | null][] = [
  ['no schema', null],
  ['one that refers to itself', { $ref: '#/$defs/a~1b', $defs: { 'a/b': { items: { $ref: '#' } } } }],
  ['one with an anchor', { $defs: { a: { $anchor: 'here' } }, $ref: '#here' }],
  [
    'one of an older dialect',
    {
      $schema: 'http://json-schema.org/draft-07/schema#',
      definitions: { a: {} },
      items: [{ $ref: '#/definitions/a' }],
    },
  ],
  ['one with keywords of its own', { 'x-order': ['a'], type: 'object' }],
];
test.each(good)('%s is accepted', (_what, schema) => {
  expect(schemaProblem(schema)).toBeUndefined();
});
