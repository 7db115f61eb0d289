import { expect, it } from 'vitest';
import { isRecursive } from './schema-recursion.ts';

it('finds a definition that refers back to itself through another', () => {
  const a = { properties: { b: { $ref: '#/$defs/B' } } };
  const b = { anyOf: [{ $ref: '#/$defs/A' }, { type: 'null' }] };
  expect(isRecursive({ $ref: '#/$defs/A', $defs: { A: a, B: b } })).toBe(true);
  expect(isRecursive({ properties: { child: { $ref: '#' } } })).toBe(true);
});

it('is not misled by a definition that is used twice or missing', () => {
  const twice = {
    properties: { a: { $ref: '#/$defs/S' }, b: { $ref: '#/$defs/S' } },
    $defs: { S: { type: 'string' } },
  };
  expect(isRecursive(twice)).toBe(false);
  expect(isRecursive({ $ref: '#/$defs/Gone' })).toBe(false);
});
