import { expect, test } from 'vitest';
import { isComposing } from './composing.ts';

test('a key during composition belongs to the input method, and so does Safari’s Enter after it', () => {
  expect(isComposing({ isComposing: true, keyCode: 13 })).toBe(true);
  expect(isComposing({ isComposing: false, keyCode: 229 })).toBe(true);
  expect(isComposing({ isComposing: false, keyCode: 13 })).toBe(false);
});

test('React events are read through their native event', () => {
  expect(isComposing({ nativeEvent: { isComposing: true, keyCode: 27 } })).toBe(true);
  expect(isComposing({ nativeEvent: { isComposing: false, keyCode: 27 } })).toBe(false);
});
