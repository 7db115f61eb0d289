import { readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../__fixtures__/test-core.ts';
import { LogFile } from './log-file.ts';

const { ntfsShim } = globalThis as { ntfsShim?: { keepOpen(path: string): () => void } };
const limits = { maxBytes: 100, maxFiles: 2 };
const everything = (folder: string) =>
  readdirSync(folder)
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('');

test('full files are rotated, and the oldest is deleted', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, '20250101-1000-01-server.log'), 'of an older panel');
  const file = new LogFile(folder, limits);
  for (let n = 1; n <= 3; n++) {
    await file.append(`${String(n).repeat(120)}\n`);
    // Rotated files are named by their time, to the millisecond.
    const until = Date.now() + 2;
    await vi.waitUntil(() => Date.now() > until, { interval: 1 });
  }
  await file.append('4\n');
  await file.close();
  expect(everything(folder)).toBe(`${'2'.repeat(120)}\n${'3'.repeat(120)}\n4\n`);
});

test('if another process has rotated the full file, the log continues in the new one', async () => {
  const folder = temporaryFolder();
  const file = new LogFile(folder, limits);
  await file.append('a\n');
  // On Windows a file that this process has open cannot be moved.
  if (!ntfsShim) renameSync(join(folder, 'server.log'), join(folder, 'server-by-another.log'));
  writeFileSync(join(folder, 'server.log'), 'theirs\n', { flag: 'a' });
  await file.append(`${'b'.repeat(120)}\n`);
  await file.append('c\n');
  await file.close();
  for (const line of ['a', 'theirs', 'b'.repeat(120), 'c']) expect(everything(folder)).toContain(`${line}\n`);
  if (!ntfsShim) expect(readFileSync(join(folder, 'server.log'), 'utf8')).toBe('theirs\nc\n');
});

describe.runIf(ntfsShim)('while a viewer holds the full file', () => {
  test('no line is lost, and the file is rotated once it is released', async () => {
    const folder = temporaryFolder();
    const file = new LogFile(folder, limits);
    const free = ntfsShim?.keepOpen(join(folder, 'server.log'));
    for (let n = 1; n <= 5; n++) await file.append(`${String(n).repeat(60)}\n`);
    expect(readdirSync(folder)).toEqual(['server.log']);
    free?.();
    await vi.waitFor(
      async () => {
        await file.append('more\n');
        expect(readdirSync(folder)).toHaveLength(2);
      },
      { timeout: 5000, interval: 50 },
    );
    await file.close();
    for (let n = 1; n <= 5; n++) expect(everything(folder)).toContain(String(n).repeat(60));
  });
});
