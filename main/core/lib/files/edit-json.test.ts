import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonTextOver, setMember } from './edit-json.ts';
import { parseJsonText } from './read-json.ts';

const setFlagText = (text: string, flag: string, enabled: boolean) =>
  setMember(text, 'features', flag, enabled);

const json = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 4, noNullPrototype: true });
const whole = fc.record(
  { before: fc.jsonValue(), features: fc.oneof(json, fc.jsonValue()), after: fc.jsonValue() },
  { requiredKeys: [], noNullPrototype: true },
);
const text = fc
  .tuple(whole, fc.integer({ min: 0, max: 3 }))
  .map(([value, indent]) => JSON.stringify(value, null, indent));

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

test('whatever the file holds, the flag is set and the rest keeps its meaning', () => {
  fc.assert(
    fc.property(text, fc.boolean(), (before, enabled) => {
      const was = JSON.parse(before) as { features?: object };
      const features = isObject(was.features) ? was.features : {};
      expect(JSON.parse(setFlagText(before, 'a_flag', enabled))).toEqual({
        ...was,
        features: { ...features, a_flag: enabled },
      });
    }),
  );
});

test('setting a value again changes only that value', () => {
  fc.assert(
    fc.property(text, (before) => {
      const on = setFlagText(before, 'a_flag', true);
      expect(setFlagText(setFlagText(on, 'a_flag', false), 'a_flag', true)).toBe(on);
    }),
  );
});

const meaning = (text: string) => (parseJsonText(text) as { value: unknown }).value;

const commented = [
  '// written by hand',
  '{',
  '\t/* network */',
  '\t"server": { "port": 8001 }, // keep',
  '\t"seed": 12345678901234567890,',
  '\t"features": {',
  '\t\t"enable_public_llm": false, // never',
  '\t\t"a_flag": true, // the last one',
  '\t},',
  '}',
  '',
].join('\r\n');

test('a flag in a file with comments, tabs, CRLF and trailing commas changes one word', () => {
  expect(setFlagText(commented, 'a_flag', false)).toBe(
    commented.replace('"a_flag": true', '"a_flag": false'),
  );
});

test('a new flag gets its own line after the last one and its comment', () => {
  expect(setFlagText(commented, 'new_flag', true)).toBe(
    commented.replace('// the last one', '// the last one\r\n\t\t"new_flag": true,'),
  );
});

test.each([
  ['a comment at the end of the only line', '{"features":{"x":true // why\n}}'],
  ['only a comment', '{\n  // later\n}'],
  ['features with only a comment', '{"features": { /* none yet */ }, "a": 1,}'],
  ['a line comment in empty features', '{"features": { // none yet\n}}'],
  ['a comment between a value and its comma', '{"features": {"x": 1 /* one */ , }}'],
  ['a comma in a comment', '{"features": {"x": 1 // a, b\n}}'],
])('%s: the flag is set and the comment stays', (_what, text) => {
  const after = setFlagText(text, 'a_flag', true);
  const was = meaning(text) as { features?: object };
  expect(meaning(after)).toEqual({ ...was, features: { ...was.features, a_flag: true } });
  const comment = /\/\/[^\n]*|\/\*.*?\*\//.exec(text)?.[0] ?? '';
  expect(after).toContain(comment);
});

test('a text without comments is written anew, one with comments is edited', () => {
  expect(jsonTextOver('{"a":1}', { a: 2 })).toBe('{\n  "a": 2\n}\n');
  expect(jsonTextOver('{"a":1, /* b */}', { a: 2 })).toBe('{"a":2, /* b */}');
});

test('adding, changing and removing presets leaves the comments beside them', () => {
  const before = [
    '{',
    '  "version": 1, // the format',
    '  "presets": [',
    '    // for the long scenes',
    '    { "id": "a", "seed": 1 },',
    '    { "id": "b", "seed": 2 }, // the usual one',
    '    { "id": "c", "seed": 3 }',
    '  ]',
    '}',
  ].join('\n');
  const value = meaning(before) as { version: number; presets: { id: string; seed: number }[] };
  const [a, b, c] = value.presets as [{ id: string; seed: number }, { id: string; seed: number }, object];
  for (const presets of [
    [a, b],
    [b, c],
    [a, { ...b, seed: 9 }, c],
    [a, b, c, { id: 'd' }],
    [{ id: 'z' }, a, b, c],
    [],
  ]) {
    const after = jsonTextOver(before, { ...value, presets });
    expect(meaning(after)).toEqual({ ...value, presets });
    for (const comment of ['// the format', '// for the long scenes', '// the usual one'])
      expect(after).toContain(comment);
  }
});

/** A value as JSON with comments and trailing commas inserted. */
function decorated(value: unknown, depth = 0): string {
  const gap = `\n${'  '.repeat(depth + 1)}`;
  const note = depth % 2 ? ' // n' : ' /* n */';
  if (Array.isArray(value))
    return `[${value.map((v) => `${gap}${decorated(v, depth + 1)},${note}`).join('')}\n]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value as object).map(
    ([k, v]) => `${gap}${JSON.stringify(k)}: ${decorated(v, depth + 1)},${note}`,
  );
  return `{${members.join('')} // end\n}`;
}

test('after any edit of a text with comments, the text has the new value', () => {
  const value = fc.oneof(json, fc.array(fc.jsonValue(), { maxLength: 4 }));
  fc.assert(
    fc.property(value, value, (was, next) => {
      const after = jsonTextOver(decorated(was), next);
      expect(meaning(after)).toEqual(JSON.parse(JSON.stringify(next)));
      // A comment after all members belongs to none of them, so only a rewritten text may have lost it.
      if (isObject(was) && isObject(next)) expect(after).toContain('// end');
    }),
    { numRuns: 500 },
  );
});
