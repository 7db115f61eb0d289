import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../__fixtures__/test-core.ts';
import { AppendFile } from './append-file.ts';

test('an incomplete last line is removed before the next append', async () => {
  const path = join(temporaryFolder(), 'journal');
  writeFileSync(path, 'one\ntwo\nthr');
  const file = await AppendFile.open(path);
  expect(file.end).toBe(11);
  await file.cutTo(8);
  expect(await file.append('größer\n')).toBe(8);
  expect(await file.append('x')).toBe(8 + Buffer.byteLength('größer\n'));
  expect(await file.read(8, Buffer.byteLength('größer'))).toBe('größer');
  await file.close();
  expect(readFileSync(path, 'utf8')).toBe('one\ntwo\ngrößer\nx');
});

// On Windows a file is as private as its folder.
test.skipIf(process.platform === 'win32')('a new file is private to its user', async () => {
  const path = join(temporaryFolder(), 'journal');
  await (await AppendFile.open(path)).close();
  expect([statSync(path).mode & 0o777, readFileSync(path, 'utf8')]).toEqual([0o600, '']);
});
