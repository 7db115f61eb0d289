import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../__fixtures__/test-core.ts';
import { parseJsonText, readJson } from './read-json.ts';
import { decodeText, encodeText, readFolder, readTextFile, type TextEncoding } from './read-text-file.ts';

const encodings: TextEncoding[] = [
  { name: 'utf8', mark: false },
  { name: 'utf8', mark: true },
  { name: 'utf16le', mark: true },
  { name: 'utf16be', mark: true },
];

test.each(encodings)('any text in $name (mark: $mark) is read correctly', (encoding) => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      // A text that itself begins with U+FEFF looks like a file with a byte order mark.
      fc.pre(encoding.mark || !text.startsWith('\uFEFF'));
      expect(decodeText(encodeText(text, encoding))).toEqual({ text, encoding });
    }),
  );
});

test.each<[string, number[], number]>([
  ['a byte of Latin-1', [0x61, 0xe9, 0x62], 1],
  ['one at the end', [0x61, 0x62, 0xe9], 2],
  ['an overlong form', [0xc0, 0x80], 0],
  ['half a surrogate pair', [0x61, 0xed, 0xa0, 0x80], 1],
  ['a byte after a whole character', [0xc3, 0xa9, 0xff], 2],
])('%s is refused with its position', (_what, bytes, at) => {
  expect(decodeText(Buffer.from(bytes))).toEqual({
    problem: expect.stringMatching(`at byte ${at}$`) as string,
    detail: { code: 'not_utf8', values: { byte: at } },
  });
});

test('UTF-16 that ends within a character is refused', () => {
  expect(decodeText(Buffer.from([0xff, 0xfe, 0x61]))).toEqual({
    problem: expect.stringContaining('at byte 2') as string,
    detail: { code: 'cut_utf16', values: { byte: 2 } },
  });
});

test('missing, unreadable, invalid and valid files are distinguished', () => {
  const root = temporaryFolder();
  const at = (name: string) => join(root, name);
  writeFileSync(at('large'), 'x'.repeat(2000));
  writeFileSync(at('latin1'), Buffer.from([0xe9]));
  mkdirSync(at('folder'));
  const states = ['nothing', 'folder', 'latin1', 'large'].map((name) => readTextFile(at(name), 1000).state);
  expect(states).toEqual(['missing', 'unreadable', 'unusable', 'unusable']);
  expect(readTextFile(at('large')).state).toBe('read');
  expect(readJson(at('nothing'))).toEqual({ found: false });
  expect(readJson(at('folder'))).toMatchObject({ found: true, unreadable: true });
  expect(readJson(at('latin1'))).toMatchObject({ found: true, unreadable: false });
});

test('a folder is listed with its subfolders; a missing one is empty', () => {
  const root = temporaryFolder();
  writeFileSync(join(root, 'b'), '');
  mkdirSync(join(root, 'a'));
  expect(readFolder(root)).toEqual({ names: ['a', 'b'], folders: ['a'] });
  expect(readFolder(join(root, 'none'))).toEqual({ names: [], folders: [] });
  expect(readFolder(join(root, 'b'))).toEqual({ names: [], folders: [] });
});

test.each<[string, unknown]>([
  ['{"a": 1, /* one */ "b": [1, 2,], // two\n}', { a: 1, b: [1, 2] }],
  ['// first\n[]', []],
  ['{"a": "// no comment, no , ] comma"}', { a: '// no comment, no , ] comma' }],
  ['{"__proto__": {"x": 1},}', JSON.parse('{"__proto__": {"x": 1}}')],
])('%j is accepted', (text, value) => {
  expect(parseJsonText(text)).toEqual({ value });
});

test.each(['{"a": 1,,}', '{,}', '[,]', '{"a" 1}', '/* open', '', '{"a": 1', '['.repeat(100_000)])(
  '%j is refused',
  (text) => {
    expect(parseJsonText(text)).toMatchObject({ problem: expect.stringContaining('is not JSON') as string });
  },
);

test('an error after a comment has its own line', () => {
  expect(parseJsonText('// one\n/* two\n */\n{"a": tru}')).toMatchObject({
    problem: expect.stringMatching(/line [34]$/) as string,
  });
});
