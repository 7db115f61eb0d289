import { expect, test } from 'vitest';
import { readValue, stepped, valueText } from './param-text.ts';

test('an incomplete number is not read as 0, nor a fractional token count as a whole one', () => {
  for (const text of ['', ' ', '-', '1e', 'abc']) expect(readValue('number', text).ok).toBe(false);
  expect(readValue('integer', '1.5').ok).toBe(false);
  expect(readValue('number', '0,7')).toEqual({ ok: true, value: 0.7 });
});

test('one stop text needs no quotes, several form a list', () => {
  expect(readValue('list', '###')).toEqual({ ok: true, value: '###' });
  expect(readValue('list', '["a", "b"]')).toEqual({ ok: true, value: ['a', 'b'] });
});

test('a text that looks like JSON stays text', () => {
  const text = valueText('list', '["not a list"]');
  expect(readValue('list', text)).toEqual({ ok: true, value: '["not a list"]' });
});

test('a number in an unknown parameter stays a number', () => {
  expect(readValue('json', valueText('json', '5'))).toEqual({ ok: true, value: '5' });
  expect(readValue('json', valueText('json', 5))).toEqual({ ok: true, value: 5 });
});

test('three steps of 0.1 are 0.3, and no step leaves the range', () => {
  expect([0.1, 0.1, 0.1].reduce((sum, by) => stepped(sum, by), 0)).toBe(0.3);
  expect(stepped(1, 0.05, 0, 1)).toBe(1);
});
