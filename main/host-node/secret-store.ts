import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FolderLock } from '../core/lib/files/folder-lock.ts';
import type { SecretStore } from '../core/lib/host/ports.ts';
import { notice, type Notice } from '../core/lib/notice.ts';
import { SealedStore } from '../core/secrets/sealed-store.ts';
import { passphraseCipher } from './passphrase-cipher.ts';

const variable = 'COMFYVN_LLM_KEY_PASSPHRASE';
const shortest = 12;
const sessionOnly = 'keys saved in the panel are kept for this session only';

/** The passphrase for saved keys, from its variable or from the file that `…_FILE` names. */
export function readPassphrase(env: Readonly<Record<string, string | undefined>>) {
  const file = env[`${variable}_FILE`]?.trim();
  let text = env[variable] ?? '';
  let from = variable;
  if (!text && file) {
    from = `${variable}_FILE`;
    try {
      text = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    } catch (error) {
      const { code = 'unknown' } = error as NodeJS.ErrnoException;
      return none(
        notice(
          'passphrase_unreadable',
          { variable: from, code },
          `${from}: the file cannot be read (${code}); ${sessionOnly}`,
        ),
      );
    }
  }
  if (!text && !file) return { text: null, warnings: [] };
  if (text.length < shortest)
    return none(
      notice(
        'passphrase_short',
        { variable: from, characters: shortest },
        `${from}: a passphrase has ${shortest} characters or more; ${sessionOnly}`,
      ),
    );
  return { text, warnings: [] };
}

const none = (warning: Notice) => ({ text: null, warnings: [warning] });

/**
 * Keys encrypted with a passphrase from the environment; without one, they are kept for this session only.
 */
export function passphraseSecrets(
  runtimeRoot: string,
  env: Readonly<Record<string, string | undefined>>,
  lock: FolderLock,
): SecretStore {
  const path = join(runtimeRoot, 'data', 'keys.passphrase.json');
  const cipher = passphraseCipher(() => readPassphrase(env));
  return new SealedStore({ path, lock, cipher, now: Date.now });
}
