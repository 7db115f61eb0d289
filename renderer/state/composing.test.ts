import { expect, test } from 'vitest';
import { isComposing } from './composing.ts';

test('a press within a composition belongs to the input method, and so does Safari’s Enter after it', () => {
  expect(isComposing({ isComposing: true, keyCode: 13 })).toBe(true);
  expect(isComposing({ isComposing: false, keyCode: 229 })).toBe(true);
  expect(isComposing({ isComposing: false, keyCode: 13 })).toBe(false);
});

test('React’s event has it in the browser’s own', () => {
  expect(isComposing({ nativeEvent: { isComposing: true, keyCode: 27 } })).toBe(true);
  expect(isComposing({ nativeEvent: { isComposing: false, keyCode: 27 } })).toBe(false);
});
