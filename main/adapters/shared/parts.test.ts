import { expect, it } from 'vitest';
import { parseDataUrl, textOf, toParts } from './parts.ts';

it('reads a data: address with parameters before the base64 mark', () => {
  expect(parseDataUrl('data:image/png;name=a.png;base64,AAAA')).toEqual({
    mediaType: 'image/png',
    base64: 'AAAA',
  });
});

it('reads no bytes from other addresses', () => {
  expect(parseDataUrl('https://example.com/a.png')).toBeUndefined();
  expect(parseDataUrl('data:text/plain,hello')).toBeUndefined();
});

it('keeps an unknown part, so that an adapter can report it as dropped', () => {
  const audio = { type: 'input_audio', input_audio: { data: 'AAAA' } };
  expect(toParts([audio, { type: 'text' }]).map((part) => part.kind)).toEqual(['other', 'other']);
});

it('joins the texts of a message and leaves out images', () => {
  const picture = { type: 'image_url', image_url: { url: 'https://example.com/a.png' } };
  expect(textOf([{ type: 'text', text: 'a' }, picture, { type: 'text', text: 'b' }], '\n')).toBe('a\nb');
});
