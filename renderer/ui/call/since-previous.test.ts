import { expect, test } from 'vitest';
import { bodyChanges } from './since-previous.tsx';

test('a changed setting and an added message are listed by their path, and nothing else', () => {
  const before = { model: 'm', temperature: 0.5, messages: [{ role: 'user', content: 'a' }] };
  const after = {
    model: 'm',
    temperature: 0.7,
    messages: [{ role: 'user', content: 'a' }, { role: 'user' }],
  };
  expect(bodyChanges(before, after)).toEqual([
    { path: '/temperature', before: 0.5, after: 0.7 },
    { path: '/messages/1', before: undefined, after: { role: 'user' } },
  ]);
});

test('replacing a list with an object or null is one change', () => {
  expect(bodyChanges({ a: [] }, { a: {} })).toHaveLength(1);
  expect(bodyChanges({ a: null }, { a: { b: 1 } })).toEqual([{ path: '/a', before: null, after: { b: 1 } }]);
  expect(bodyChanges({ a: { b: [1] } }, { a: { b: [1] } })).toEqual([]);
});
