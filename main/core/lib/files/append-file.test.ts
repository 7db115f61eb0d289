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

test('complete lines are read, and the next append follows the last of them, whatever bytes are in between', async () => {
  const path = join(temporaryFolder(), 'journal');
  // The second line contains an incomplete UTF-8 character, so its length in characters differs from its
  // length in bytes.
  const torn = Buffer.from('größe'.slice(0, 3)).subarray(0, 3);
  writeFileSync(path, Buffer.concat([Buffer.from('one\n'), Buffer.from([0xff, 0x0a]), torn]));
  const file = await AppendFile.open(path);
  expect((await file.readLines()).split('\n')).toEqual(['one', '\ufffd', '']);
  expect(await file.append('two\n')).toBe(6);
  await file.close();
  expect(readFileSync(path).subarray(6).toString()).toBe('two\n');
});

// On Windows a file has the permissions of its folder.
test.skipIf(process.platform === 'win32')('a new file is private to its user', async () => {
  const path = join(temporaryFolder(), 'journal');
  await (await AppendFile.open(path)).close();
  expect([statSync(path).mode & 0o777, readFileSync(path, 'utf8')]).toEqual([0o600, '']);
});
