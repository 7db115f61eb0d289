import { jsonLanguage } from '@codemirror/lang-json';
import { expect, test } from 'vitest';
import { rangeOfPath } from './json-place.ts';

const text = '{\n  "options": { "top_p": 2, "stop": ["a", 7] },\n  "a\\"b": 1\n}';

function found(...path: (string | number)[]): string {
  const tree = jsonLanguage.parser.parse(text);
  const { from, to } = rangeOfPath(tree, (start, end) => text.slice(start, end), path);
  return text.slice(from, to);
}

test('the name of an invalid member is underlined', () => {
  expect(found('options', 'top_p')).toBe('"top_p"');
});

test('an item of a list is underlined completely', () => {
  expect(found('options', 'stop', 1)).toBe('7');
});

test('for a missing member, the object that lacks it is underlined', () => {
  expect(found('options', 'seed', 'x')).toBe('"options"');
  expect(found('gone')).toBe('{');
});

test('a name with a quotation mark is found', () => {
  expect(found('a"b')).toBe('"a\\"b"');
});
