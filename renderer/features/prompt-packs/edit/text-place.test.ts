import { expect, test } from 'vitest';
import { keysOf, problemsOf } from './text-place.ts';

test('a line and a column give the character’s position, on the last line too', () => {
  const text = 'one\n  two\nthree';
  const at = (line: number, column: number) =>
    problemsOf('f', text, [{ file: 'f', path: '', message: 'm', line, column }])[0]?.offset;
  expect([at(1, 1), at(2, 3), at(3, 6)]).toEqual([0, 6, 15]);
  expect(problemsOf('other', text, [{ file: 'f', path: '', message: 'm' }])).toEqual([]);
});

test('a pointer and a path give the same position', () => {
  expect(keysOf('/properties/a~1b/0')).toEqual(['properties', 'a/b', 0]);
  expect(keysOf('variables[2].sample')).toEqual(['variables', 2, 'sample']);
});
