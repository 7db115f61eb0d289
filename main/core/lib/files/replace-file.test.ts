import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../__fixtures__/test-core.ts';
import { quarantineCopy, replaceFile } from './replace-file.ts';

/** Defined while the tests run with NTFS's rules (`scripts/support/ntfs-shim.cjs`). */
const { ntfsShim } = globalThis as {
  ntfsShim?: { hold(path: string, ms: number): void; keepOpen(path: string): () => void };
};
const modeOf = (path: string) => statSync(path).mode & 0o777;

describe('a file that is replaced', () => {
  // On Windows a file has the permissions of its folder.
  test.skipIf(process.platform === 'win32')(
    'is private if it is new, and otherwise keeps its permissions',
    async () => {
      const path = join(temporaryFolder(), 'deep', 'a.json');
      await replaceFile(path, 'one');
      expect([modeOf(path), modeOf(join(path, '..')), readFileSync(path, 'utf8')]).toEqual([
        0o600,
        0o700,
        'one',
      ]);
      chmodSync(path, 0o664);
      await replaceFile(path, 'two');
      expect([modeOf(path), readFileSync(path, 'utf8')]).toEqual([0o664, 'two']);
    },
  );

  test('leaves no temporary file, whether it succeeds or not', async () => {
    const root = temporaryFolder();
    await replaceFile(join(root, 'a'), 'one');
    mkdirSync(join(root, 'b', 'not empty'), { recursive: true });
    await expect(replaceFile(join(root, 'b'), 'x')).rejects.toMatchObject({ code: 'file_unreadable' });
    expect(readdirSync(root).sort()).toEqual(['a', 'b']);
  });

  test('stays behind the link that leads to it', async () => {
    const root = temporaryFolder();
    writeFileSync(join(root, 'real'), 'one');
    symlinkSync(join(root, 'real'), join(root, 'link'));
    await replaceFile(join(root, 'link'), 'two');
    expect(readFileSync(join(root, 'real'), 'utf8')).toBe('two');
  });

  test('is left unchanged if another program has changed it', async () => {
    const path = join(temporaryFolder(), 'a');
    writeFileSync(path, 'theirs');
    expect(await replaceFile(path, 'ours', { madeFrom: Buffer.from('before') })).toBe(false);
    expect(await replaceFile(path, 'ours', { madeFrom: null })).toBe(false);
    expect(readFileSync(path, 'utf8')).toBe('theirs');
    expect(await replaceFile(path, 'ours', { madeFrom: Buffer.from('theirs') })).toBe(true);
  });

  test('has the new content after every write', async () => {
    const path = join(temporaryFolder(), 'a');
    for (let n = 0; n < 15; n++) {
      await replaceFile(path, String(n));
      expect(readFileSync(path, 'utf8')).toBe(String(n));
    }
  });
});

test('an invalid file is copied, and the original stays in its place', () => {
  const root = temporaryFolder();
  writeFileSync(join(root, 'a.json'), '{');
  const [one, two] = [quarantineCopy(join(root, 'a.json'), 0), quarantineCopy(join(root, 'a.json'), 0)];
  expect([one, two, join(root, 'a.json')].map((path) => readFileSync(path, 'utf8'))).toEqual(['{', '{', '{']);
  expect(new Set([one, two]).size).toBe(2);
});

describe.runIf(ntfsShim)('a file that another program holds', () => {
  test('is replaced as soon as it is released', async () => {
    const path = join(temporaryFolder(), 'a');
    writeFileSync(path, 'one');
    ntfsShim?.hold(path, 500);
    await replaceFile(path, 'two');
    expect(readFileSync(path, 'utf8')).toBe('two');
  });

  test('for more than two seconds is an error, and stays as it is', async () => {
    const root = temporaryFolder();
    const path = join(root, 'a');
    writeFileSync(path, 'one');
    const free = ntfsShim?.keepOpen(path);
    await expect(replaceFile(path, 'two')).rejects.toMatchObject({
      code: 'file_unreadable',
      message: expect.stringMatching(/EBUSY.*another program had it open for 2 seconds/) as string,
    });
    free?.();
    expect([readFileSync(path, 'utf8'), readdirSync(root)]).toEqual(['one', ['a']]);
    expect(existsSync(path)).toBe(true);
  });
});
