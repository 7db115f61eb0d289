import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { appRoot, temporaryFolder } from '../../__fixtures__/test-core.ts';
import { FileLock } from './file-lock.ts';
import { FolderLock } from './folder-lock.ts';

const lockFile = (root: string) => join(root, 'data', 'lock.db');

/** Another process that holds the lock until it is killed. */
async function holder(root: string) {
  mkdirSync(join(root, 'data'), { recursive: true });
  const script = `
    const Database = require('libsql');
    const database = new Database(process.argv[1]);
    database.exec('begin immediate');
    console.log('held');
    setInterval(() => {}, 1000);
  `;
  const child = spawn(process.execPath, ['-e', script, lockFile(root)], {
    cwd: appRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  await once(child.stdout, 'data');
  return child;
}

/**
 * A lock of this process. It is closed before the test's folder is removed, because Windows does not remove
 * open files.
 */
function lockOf(root: string, options: { waitMs?: number } = {}): FolderLock {
  const lock = new FolderLock(root, options);
  onTestFinished(() => lock.close());
  return lock;
}

/** As `lock.run`, but logs when the task began and ended. */
const noted = (lock: FolderLock, log: string[], name: string) =>
  lock.run(async () => {
    log.push(`${name} begins`);
    await pause(1);
    log.push(`${name} ends`);
  });

test('tasks run one by one in their order, also after one that fails', async () => {
  const lock = lockOf(temporaryFolder());
  const log: string[] = [];
  const failing = lock.run(async () => {
    throw new Error('no');
  });
  await Promise.all([expect(failing).rejects.toThrow('no'), noted(lock, log, 'a'), noted(lock, log, 'b')]);
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
});

test('two independent locks of one folder take turns', async () => {
  const root = temporaryFolder();
  const [one, other] = [lockOf(root), lockOf(root)];
  const log: string[] = [];
  await Promise.all([
    noted(one, log, 'a'),
    noted(other, log, 'b'),
    noted(one, log, 'a'),
    noted(other, log, 'b'),
  ]);
  expect(log).toHaveLength(8);
  for (let at = 0; at < 8; at += 2) expect(log[at + 1]).toBe(log[at]?.replace('begins', 'ends'));
});

test('a nested task runs at once; a task that it starts for later waits its turn', async () => {
  const lock = lockOf(temporaryFolder());
  const log: string[] = [];
  let later: Promise<void> | undefined;
  await lock.run(async () => {
    await lock.run(async () => void log.push('inner'));
    log.push('outer');
    later = pause(1).then(() => lock.run(async () => void log.push('later')));
  });
  await lock.run(async () => void log.push('next'));
  await later;
  expect(log.slice(0, 2)).toEqual(['inner', 'outer']);
  expect(log.slice(2).sort()).toEqual(['later', 'next']);
});

test('waiting for another process does not block this one, and times out', async () => {
  const root = temporaryFolder();
  await holder(root);
  let turns = 0;
  // Windows timers have a resolution of 16 ms.
  const timer = setInterval(() => turns++, 1);
  onTestFinished(() => clearInterval(timer));
  const refused = lockOf(root, { waitMs: 500 }).run(async () => {});
  await expect(refused).rejects.toMatchObject({ code: 'server_busy' });
  expect(turns).toBeGreaterThan(2);
});

test('a killed process releases the lock', async () => {
  const root = temporaryFolder();
  const child = await holder(root);
  const done = lockOf(root).run(async () => 'done');
  child.kill('SIGKILL');
  expect(await done).toBe('done');
});

test('a process that writes continuously lets others in between', async () => {
  const root = temporaryFolder();
  const [busy, other] = [lockOf(root), lockOf(root)];
  let left = 400;
  const all = Promise.all(
    Array.from({ length: left }, () => busy.run(() => pause(2).then(() => void left--))),
  );
  await other.run(async () => {});
  expect(left).toBeGreaterThan(0);
  await all;
});

test('a lock that is closed has let its file go: it can be removed at once, and another lock can take it', () => {
  const path = join(temporaryFolder(), "a game's lock");
  const [one, other] = [new FileLock(path), new FileLock(path)];
  expect([one.take(), other.take()]).toEqual([true, false]);
  one.close();
  expect(other.take()).toBe(true);
  other.close();
  rmSync(path);
  expect(existsSync(path)).toBe(false);
});

// Windows cannot delete an open file.
test.skipIf(process.platform === 'win32')('a lock whose file is deleted still excludes others', async () => {
  const root = temporaryFolder();
  const [one, other] = [lockOf(root), lockOf(root)];
  await one.run(async () => {});
  rmSync(lockFile(root));
  const log: string[] = [];
  await Promise.all([noted(other, log, 'a'), noted(one, log, 'b')]);
  expect(log[1]).toBe(log[0]?.replace('begins', 'ends'));
});

test('its file is empty and private, and an unusable one is an error', async () => {
  const root = temporaryFolder();
  const lock = lockOf(root);
  await lock.run(async () => {});
  const { size, mode } = statSync(lockFile(root));
  expect(size).toBe(0);
  // File modes have no meaning on Windows, where the folder's permissions apply.
  if (process.platform !== 'win32') expect(mode & 0o777).toBe(0o600);

  const other = temporaryFolder();
  mkdirSync(lockFile(other), { recursive: true });
  await expect(lockOf(other).run(async () => {})).rejects.toMatchObject({
    code: 'file_unreadable',
    message: expect.stringContaining('lock.db') as string,
  });
});
