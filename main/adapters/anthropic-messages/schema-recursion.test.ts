import { expect, it } from 'vitest';
import { isRecursive } from './schema-recursion.ts';

it('finds a definition that leads back to itself by way of another', () => {
  const a = { properties: { b: { $ref: '#/$defs/B' } } };
  const b = { anyOf: [{ $ref: '#/$defs/A' }, { type: 'null' }] };
  expect(isRecursive({ $ref: '#/$defs/A', $defs: { A: a, B: b } })).toBe(true);
  expect(isRecursive({ properties: { child: { $ref: '#' } } })).toBe(true);
});

it('does not mistake a definition used twice, or one that is missing, for a recursion', () => {
  const twice = {
    properties: { a: { $ref: '#/$defs/S' }, b: { $ref: '#/$defs/S' } },
    $defs: { S: { type: 'string' } },
  };
  expect(isRecursive(twice)).toBe(false);
  expect(isRecursive({ $ref: '#/$defs/Gone' })).toBe(false);
});
