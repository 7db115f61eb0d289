import { expect, it } from 'vitest';
import { UniqueKeys } from './unique-keys.ts';

it('repeated texts are numbered', () => {
  const keys = new UniqueKeys();
  expect(['a', 'b', 'a', 'a'].map((key) => keys.take(key))).toEqual(['a', 'b', 'a (2)', 'a (3)']);
});

it('no key is used twice, even if a text looks like a numbered key', () => {
  const keys = new UniqueKeys();
  const taken = ['a (2)', 'a', 'a', 'a (2)', 'a (2) (2)', 'a'].map((key) => keys.take(key));
  expect(new Set(taken).size).toBe(taken.length);
});

it('200,000 equal texts are numbered quickly', () => {
  const keys = new UniqueKeys();
  for (let count = 0; count < 200_000; count += 1) keys.take('a');
  expect(keys.take('a')).toBe('a (200001)');
});
