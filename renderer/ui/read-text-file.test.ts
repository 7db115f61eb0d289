import { expect, test } from 'vitest';
import { readTextFile } from './read-text-file.ts';

test('UTF-8 is read with and without a byte order mark, and UTF-16 with one', async () => {
  expect(await readTextFile(new Blob(['切符,ticket']))).toBe('切符,ticket');
  expect(await readTextFile(new Blob(['\uFEFF切符']))).toBe('切符');
  expect(await readTextFile(new Blob([Buffer.from('\uFEFF切符\tticket', 'utf16le')]))).toBe('切符\tticket');
});

test('another encoding is an error and not a text of replacement characters', async () => {
  const shiftJis = new Blob([Uint8Array.of(0x90, 0xd8, 0x95, 0x84)]);
  await expect(readTextFile(shiftJis)).rejects.toMatchObject({
    info: { code: 'file_unreadable', details: { origin: 'page' } },
  });
});
