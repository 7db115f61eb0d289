import { expect, test } from 'vitest';
import { jsonTokens } from './json-tokens.ts';

const joined = (text: string) =>
  jsonTokens(text)
    .map((token) => token.text)
    .join('');

test('highlighting changes no character, also in text that is not JSON', () => {
  const texts = ['{"a":[1,-2.5e3,true,null],"b":"x \\"y\\" : z"}', 'not json "open', '', '{"half":'];
  for (const text of texts) expect(joined(text)).toBe(text);
});

test('a colon inside a string does not make it a key', () => {
  expect(jsonTokens('{"a": "b: c"}').filter(({ kind }) => kind !== 'other')).toEqual([
    { kind: 'key', text: '"a"' },
    { kind: 'string', text: '"b: c"' },
  ]);
});
