import { expect, test } from 'vitest';
import { parseJson } from './parse-json.ts';

test('a missing comma is marked where it is missing, not at the start of the text', () => {
  const text = '{\n  "a": 1\n  "b": 2\n}';
  const parsed = parseJson(text);
  expect(parsed.ok).toBe(false);
  if (!parsed.ok) expect(text.slice(parsed.problem.offset).startsWith('"b"')).toBe(true);
});

test('a text that ends early is marked at its end', () => {
  const parsed = parseJson('{"a": ');
  expect(parsed).toMatchObject({ ok: false, problem: { offset: 6 } });
});

test('the message leaves out the position, which the editor shows itself', () => {
  const parsed = parseJson('{"a" 1}');
  if (parsed.ok) throw new Error('that is no JSON');
  expect(parsed.problem.message).not.toMatch(/position|line \d/);
});

test('a value is returned as it is, including null', () => {
  expect(parseJson('null')).toEqual({ ok: true, value: null });
});
