import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../core/__fixtures__/test-core.ts';
import { FolderLock } from '../core/lib/files/folder-lock.ts';
import { passphraseCipher } from './passphrase-cipher.ts';
import { passphraseSecrets, readPassphrase } from './secret-store.ts';

const cheap = { logN: 4, r: 8, p: 1 };
const cipherWith = (text: string | null) => passphraseCipher(() => ({ text, warnings: [] }), cheap);

describe('a passphrase', () => {
  test('decrypts what it encrypted, also in another process; another one does not', async () => {
    const sealed = await cipherWith('correct horse battery').seal('ключ 🔑');
    expect(await cipherWith('correct horse battery').unseal(sealed)).toEqual({
      text: 'ключ 🔑',
      stale: false,
    });
    await expect(cipherWith('correct horse batterz').unseal(sealed)).rejects.toThrow();
  });

  test('no two ciphertexts are equal, although the text is', async () => {
    const cipher = cipherWith('correct horse battery');
    expect(await cipher.seal('same')).not.toBe(await cipher.seal('same'));
  });

  test('a changed, truncated or foreign ciphertext is refused, and one that asks for gigabytes is not computed', async () => {
    const cipher = cipherWith('correct horse battery');
    const sealed = await cipher.seal('text');
    const parts = sealed.split('.');
    const changed = (at: number, to: string) => parts.with(at, to).join('.');
    for (const bad of [
      changed(7, 'AAAA'),
      changed(6, 'AAAAAAAAAAAAAAAAAAAAAA'),
      changed(6, 'AAAA'),
      changed(5, 'AAAA'),
      changed(1, '40'),
      changed(1, 'x'),
      changed(2, '100000'),
      parts.slice(0, 6).join('.'),
      'v2.4.8.1.a.b.c.d',
      '',
    ])
      await expect(cipher.unseal(bad), bad).rejects.toThrow();
  });

  test('a cost above ours is refused before it is computed', async () => {
    const cipher = cipherWith('correct horse battery');
    const parts = (await cipher.seal('text')).split('.');
    for (const logN of ['21', '40', '-1', '4.5e0', 'x'])
      await expect(cipher.unseal(parts.with(1, logN).join('.')), logN).rejects.toThrow('not a ciphertext');
  });

  test('what was encrypted at a lower cost is to be encrypted again', async () => {
    const sealed = await cipherWith('correct horse battery').seal('text');
    const stronger = passphraseCipher(() => ({ text: 'correct horse battery', warnings: [] }), {
      ...cheap,
      logN: 5,
    });
    expect(await stronger.unseal(sealed)).toEqual({ text: 'text', stale: true });
  });
});

describe('the source of the passphrase', () => {
  test('is the variable, then the file without its last line break', () => {
    const file = join(temporaryFolder(), 'passphrase');
    writeFileSync(file, ' from the file \n');
    const env = { COMFYVN_LLM_KEY_PASSPHRASE_FILE: file };
    expect(readPassphrase(env)).toEqual({ text: ' from the file ', warnings: [] });
    expect(readPassphrase({ ...env, COMFYVN_LLM_KEY_PASSPHRASE: 'from the variable' }).text).toBe(
      'from the variable',
    );
    expect(readPassphrase({})).toEqual({ text: null, warnings: [] });
  });

  test('is named where it is too short or missing, but never quoted', () => {
    const short = readPassphrase({ COMFYVN_LLM_KEY_PASSPHRASE: 'too-short' });
    expect(short.text).toBeNull();
    expect(short.warnings.map(({ message }) => message).join()).toContain('COMFYVN_LLM_KEY_PASSPHRASE');
    expect(short.warnings.map(({ message }) => message).join()).not.toContain('too-short');
    const missing = readPassphrase({ COMFYVN_LLM_KEY_PASSPHRASE_FILE: '/nowhere/at/all' });
    expect(missing.warnings.map(({ message }) => message).join()).toContain(
      'COMFYVN_LLM_KEY_PASSPHRASE_FILE',
    );
    expect(readPassphrase({ COMFYVN_LLM_KEY_PASSPHRASE_FILE: '/dev/null' }).text).toBeNull();
  });

  test('a store without a passphrase keeps keys for this session', async () => {
    const root = temporaryFolder();
    const store = passphraseSecrets(root, {}, new FolderLock(root));
    await store.set('openai_public', { key: 'sk-0123456789', origin: 'https://api.openai.com' });
    expect(store.backend).toBe('session');
    expect(passphraseSecrets(root, {}, new FolderLock(root)).kept('openai_public')).toBeNull();
  });

  test('a store with one has its key after a restart, at the real cost', async () => {
    const root = temporaryFolder();
    const env = { COMFYVN_LLM_KEY_PASSPHRASE: 'correct horse battery' };
    const value = { key: 'sk-0123456789', origin: 'https://api.openai.com' };
    await passphraseSecrets(root, env, new FolderLock(root)).set('openai_public', value);
    const next = passphraseSecrets(root, env, new FolderLock(root));
    await next.open();
    expect(next.get('openai_public')).toEqual(value);
    expect(next.backend).toBe('passphrase file');
  });
});
