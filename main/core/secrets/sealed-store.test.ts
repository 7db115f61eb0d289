import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../__fixtures__/test-core.ts';
import { FolderLock } from '../lib/files/folder-lock.ts';
import { SealedStore } from './sealed-store.ts';
import { TestKeyring } from './__fixtures__/keyring.ts';

const value = { key: 'sk-planted-0123456789', origin: 'https://api.openai.com' };
const other = { key: 'sk-other-9876543210', origin: 'https://api.openai.com' };
const now = () => Date.parse('2026-11-22T10:00:00Z');

function make(path = join(temporaryFolder(), 'data', 'keys.json'), cipher = new TestKeyring()) {
  return {
    path,
    cipher,
    store: new SealedStore({ path, lock: new FolderLock(dirname(dirname(path))), cipher, now }),
  };
}
type File = { version: number; keys: Record<string, { sealed: string; origin: string }> };
const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as File;

/** The store as the next start opens it. */
async function again(path: string, cipher = new TestKeyring()) {
  const made = make(path, cipher);
  await made.store.open();
  return made;
}

/** On Windows a file has the permissions of its folder. */
const hasModes = process.platform !== 'win32';

describe('a saved key', () => {
  test('is still saved after a restart, private to its owner, and encrypted', async () => {
    const { path, store } = make();
    await store.set('openai_public', value);
    expect(store.get('openai_public')).toEqual(value);
    expect((await again(path)).store.get('openai_public')).toEqual(value);
    if (hasModes) expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8')).not.toContain(value.key);
    expect(read(path).version).toBe(1);
  });

  test.runIf(hasModes)('makes a file that others could read private again', async () => {
    const { path, store } = make();
    await store.set('openai_public', value);
    writeFileSync(path, readFileSync(path, 'utf8'), { mode: 0o644 });
    await store.set('openai_public', other);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('does not use the keyring until it is needed, so that a start need not wait for it', async () => {
    const { path, store } = make();
    await store.set('openai_public', value);
    const next = make(path);
    expect(next.store.kept('openai_public')).toEqual({ state: 'sealed', origin: value.origin });
    expect(next.store.kept('stub')).toBeNull();
    expect(next.store.get('openai_public')).toBeNull();
    expect(next.store.backend).toBe('test keyring');
    expect(next.cipher.asked).toBe(0);
    await next.store.open();
    expect(next.store.kept('openai_public')).toEqual({ state: 'ready', origin: value.origin });
  });

  test('with nothing saved, the keyring is not used at all', async () => {
    const { store, cipher } = make();
    await store.open();
    expect(cipher.asked).toBe(0);
  });

  test('has its origin from inside the ciphertext, not from the file', async () => {
    const { path, store } = make();
    await store.set('openai_public', value);
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(value.origin, 'https://evil.example'));
    const next = await again(path);
    expect(next.store.get('openai_public')?.origin).toBe(value.origin);
    expect(next.store.kept('openai_public')).toEqual({ state: 'ready', origin: value.origin });
  });

  test('a ciphertext moved to another name cannot be decrypted there', async () => {
    const { path, store } = make();
    await store.set('openai_public', value);
    const file = read(path);
    writeFileSync(path, JSON.stringify({ ...file, keys: { thief: file.keys['openai_public'] } }));
    const { store: next } = await again(path);
    expect(next.get('thief')).toBeNull();
    expect(next.kept('thief')).toMatchObject({ state: 'locked', lockedBy: 'key' });
  });

  test('a save preserves what another process saved in the meantime', async () => {
    const { path, store } = make();
    await store.set('openai_public', value);
    const second = make(path);
    await second.store.set('openrouter', other);
    await store.set('anthropic_public', value);
    expect(Object.keys(read(path).keys)).toEqual(['openai_public', 'openrouter', 'anthropic_public']);
  });

  test('a key that another process saved under another password is not overwritten', async () => {
    const { path, store } = make();
    await store.set('openrouter', value);
    await make(path, new TestKeyring('another')).store.set('openai_public', other);
    await expect(store.set('openai_public', value)).rejects.toMatchObject({ code: 'key_locked' });
  });

  test('is encrypted again when the keyring has a newer key', async () => {
    const { path, store } = make();
    await store.set('openai_public', value);
    const before = read(path).keys['openai_public'];
    const cipher = new TestKeyring();
    cipher.stale = true;
    const later = new SealedStore({
      path,
      lock: new FolderLock(dirname(dirname(path))),
      cipher,
      now: () => now() + 1000,
    });
    await later.open();
    expect(read(path).keys['openai_public']).not.toEqual(before);
    expect(later.get('openai_public')).toEqual(value);
  });
});

describe('without a keyring', () => {
  test('a key lasts for this session, and no file is written', async () => {
    for (const cipher of [
      new TestKeyring(null),
      Object.assign(new TestKeyring(), { maybeAvailable: false }),
    ]) {
      const { store, path } = make(undefined, cipher);
      await store.set('openai_public', value);
      expect(store.get('openai_public')).toEqual(value);
      expect(store.backend).toBe('session');
      expect(existsSync(dirname(path))).toBe(false);
    }
  });

  test('an earlier saved key is locked, not missing, and a key for this session leaves it alone', async () => {
    const { path, store } = make();
    await store.set('openai_public', value);
    const bytes = readFileSync(path);
    const next = await again(path, new TestKeyring(null));
    expect(next.store.kept('openai_public')).toEqual({
      state: 'locked',
      origin: value.origin,
      lockedBy: 'store',
    });
    await next.store.set('openai_public', other);
    expect(next.store.get('openai_public')).toEqual(other);
    await next.store.remove('openai_public');
    expect(next.store.kept('openai_public')?.state).toBe('locked');
    expect(readFileSync(path)).toEqual(bytes);
    expect((await again(path)).store.get('openai_public')).toEqual(value);
  });
});

describe('a key that cannot be decrypted', () => {
  const lockedOut = async () => {
    const { path, store } = make();
    await store.set('openai_public', value);
    return { before: readFileSync(path), ...(await again(path, new TestKeyring('another'))) };
  };

  test('is locked, and is overwritten only on explicit request', async () => {
    const { path, store, before } = await lockedOut();
    expect(store.kept('openai_public')).toEqual({ state: 'locked', origin: value.origin, lockedBy: 'key' });
    await expect(store.set('openai_public', other)).rejects.toMatchObject({ code: 'key_locked' });
    await store.set('openrouter', other);
    expect(read(path).keys['openai_public']).toEqual(JSON.parse(before.toString()).keys.openai_public);
    await store.set('openai_public', other, { replaceLocked: true });
    expect(store.get('openai_public')).toEqual(other);
  });

  test('is back when its replacement or removal is undone', async () => {
    const { path, store, before } = await lockedOut();
    const replaced = await store.set('openai_public', other, { replaceLocked: true });
    await replaced.run();
    expect(store.kept('openai_public')?.state).toBe('locked');
    const removed = await store.remove('openai_public');
    expect(store.kept('openai_public')).toBeNull();
    await removed.run();
    expect(readFileSync(path)).toEqual(before);
    expect((await again(path)).store.get('openai_public')).toEqual(value);
  });

  test('is locked too where only its own bytes are damaged, and the others can be read', async () => {
    const { path, store } = make();
    await store.set('openai_public', value);
    await store.set('openrouter', other);
    for (const damage of [{ sealed: 'AAAA', origin: 'x', saved_at: 'x' }, { sealed: 7 }, 'gone', null]) {
      const file = read(path);
      writeFileSync(path, JSON.stringify({ ...file, keys: { ...file.keys, openai_public: damage } }));
      const next = await again(path);
      expect(next.store.kept('openai_public')).toMatchObject({ state: 'locked', lockedBy: 'key' });
      expect(next.store.get('openrouter')).toEqual(other);
      await next.store.set('anthropic_public', value);
      expect(read(path).keys['openai_public']).toEqual(damage);
    }
  });
});

describe('a damaged file', () => {
  test('is set aside when a new one is written, with a warning', async () => {
    for (const text of ['{ "keys": {"openai_pub', '[]', '{"version":1}', '']) {
      const path = join(temporaryFolder(), 'keys.json');
      writeFileSync(path, text);
      const { store } = await again(path);
      expect(
        store
          .warnings()
          .map(({ message }) => message)
          .join(),
      ).toContain(path);
      expect(store.kept('openai_public')).toBeNull();
      expect(readFileSync(path, 'utf8')).toBe(text);
      await store.set('openai_public', value);
      const [stored = ''] = readdirSync(dirname(path)).filter((name) => name.includes('broken'));
      expect(readFileSync(join(dirname(path), stored), 'utf8')).toBe(text);
      expect(
        store
          .warnings()
          .map(({ message }) => message)
          .join(),
      ).toContain(stored);
      expect((await again(path)).store.get('openai_public')).toEqual(value);
    }
  });

  test('written by a newer version is not changed, and a save fails with the reason', async () => {
    const path = join(temporaryFolder(), 'keys.json');
    const text = JSON.stringify({ version: 2, keys: { openai_public: { sealed: 'x' } } });
    writeFileSync(path, text);
    const { store } = await again(path);
    await expect(store.set('openai_public', value)).rejects.toMatchObject({ code: 'file_unreadable' });
    await expect(store.remove('openai_public')).resolves.toBeDefined();
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect(
      store
        .warnings()
        .map(({ message }) => message)
        .join(),
    ).toContain('version 2');
  });

  test('in a folder that is not writable gives an error with the path', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data', 'keys.json'), 'a file where a folder should be');
    const { store } = make(join(folder, 'data', 'keys.json', 'deeper'));
    await expect(store.set('openai_public', value)).rejects.toMatchObject({ code: 'file_unreadable' });
    expect(store.get('openai_public')).toBeNull();
  });
});

test('a removed key is gone from the file and from memory, until that is undone', async () => {
  const { path, store } = make();
  await store.set('openai_public', value);
  const undo = await store.remove('openai_public');
  expect(store.get('openai_public')).toBeNull();
  expect(read(path).keys).toEqual({});
  await undo.run();
  expect(store.get('openai_public')).toEqual(value);
  expect((await again(path)).store.get('openai_public')).toEqual(value);
});

test('undoing a save does not undo a later one', async () => {
  const { store } = make();
  const first = await store.set('openai_public', value);
  first.check();
  const second = await store.set('openai_public', other);
  expect(() => first.check()).toThrow('changed again');
  second.check();
  await second.run();
  expect(store.get('openai_public')).toEqual(value);
  first.check();
  await first.run();
  expect(store.get('openai_public')).toBeNull();
});
