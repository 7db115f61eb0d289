import { expect, it } from 'vitest';
import { percentEncode } from './percent-encode.ts';

it.each(['a/b', 'a?b#c', '..', '.', 'é ü', '\ud800'])('keeps %j inside one path segment', (segment) => {
  const { pathname } = new URL(`http://host/models/${percentEncode(segment)}/chat`);
  expect(pathname.split('/')).toHaveLength(4);
});
