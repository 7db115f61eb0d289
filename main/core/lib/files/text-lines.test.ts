import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../__fixtures__/test-core.ts';
import { textLines } from './text-lines.ts';

function fileWith(bytes: Uint8Array | string): string {
  const file = join(temporaryFolder(), 'lines.txt');
  writeFileSync(file, bytes);
  return file;
}

async function linesOf(file: string, encoding?: string): Promise<[number, string][]> {
  const lines: [number, string][] = [];
  for await (const { n, text } of textLines(file, encoding)) lines.push([n, text]);
  return lines;
}

const text = '雨がやまない。\r\n\nHello, 世界 ✓\n';
const lines = [
  [1, '雨がやまない。'],
  [2, ''],
  [3, 'Hello, 世界 ✓'],
];

test.each([
  ['UTF-8', Buffer.from(text)],
  ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${text}`)],
  ['UTF-16 little-endian', iconv.encode(text, 'utf16le', { addBOM: true })],
  ['UTF-16 big-endian', iconv.encode(text, 'utf16be', { addBOM: true })],
])('%s is read as the encoding of its byte order mark, or as UTF-8', async (_, bytes) => {
  expect(await linesOf(fileWith(bytes))).toEqual(lines);
});

test('characters whose UTF-16 contains the byte of a line feed do not end a line', async () => {
  // U+0A0A, U+010A and U+0A00 contain 0x0A in one of their bytes.
  const odd = 'a\u0a0ab\u010ac\u0a00d';
  for (const name of ['utf16le', 'utf16be'])
    expect(await linesOf(fileWith(iconv.encode(`${odd}\nnext`, name, { addBOM: true })))).toEqual([
      [1, odd],
      [2, 'next'],
    ]);
});

test('a given encoding is used where there is no byte order mark', async () => {
  const bytes = iconv.encode('「雨だ。」\n二行目', 'shift_jis');
  expect(await linesOf(fileWith(bytes), 'Shift_JIS')).toEqual([
    [1, '「雨だ。」'],
    [2, '二行目'],
  ]);
});

test('bytes that are not UTF-8 are refused with their line and the likely encodings', async () => {
  const bytes = Buffer.concat([Buffer.from('fine\n'), iconv.encode('「雨だ。」', 'shift_jis')]);
  await expect(linesOf(fileWith(bytes))).rejects.toMatchObject({
    code: 'invalid_request',
    message: expect.stringMatching(
      /lines\.txt, line 2: is not UTF-8; it may be shift_jis: name it with --encoding/,
    ),
    details: { line: 2 },
  });
});

test('an unknown encoding is refused by its name', async () => {
  await expect(linesOf(fileWith('x'), 'martian')).rejects.toThrow('"martian" is not an encoding');
});

test('a missing file is named', async () => {
  await expect(linesOf('/nowhere/lines.txt')).rejects.toMatchObject({ code: 'file_unreadable' });
});
