import { join } from 'node:path';
import type { FolderLock } from '../core/lib/files/folder-lock.ts';
import type { SecretStore } from '../core/lib/host/ports.ts';
import { SealedStore } from '../core/secrets/sealed-store.ts';
import { app, safeStorage } from 'electron';
import type { Cipher } from '../core/secrets/cipher.ts';

const keyrings: Readonly<Record<string, string>> = {
  gnome_libsecret: 'GNOME keyring',
  kwallet: 'KWallet',
  kwallet5: 'KWallet',
  kwallet6: 'KWallet',
};

/** The system's key store as people know it; null on a Linux without one, where Chromium would encrypt with a known word. */
function keyringName(): string | null {
  if (process.platform === 'darwin') return 'macOS Keychain';
  if (process.platform === 'win32') return 'Windows DPAPI';
  return app.isReady() ? (keyrings[safeStorage.getSelectedStorageBackend()] ?? null) : null;
}

/** Electron before 42 has only calls that wait; in 46 those are gone. */
const hasAsync = () => typeof safeStorage.isAsyncEncryptionAvailable === 'function';

const seal = async (text: string) =>
  hasAsync() ? safeStorage.encryptStringAsync(text) : safeStorage.encryptString(text);

/** On Linux `v10` marks what was encrypted with Chromium's built-in word, which is as good as clear text. */
const isInClear = (sealed: Buffer) =>
  process.platform === 'linux' && sealed.subarray(0, 3).toString('latin1') === 'v10';

async function works(): Promise<boolean> {
  await app.whenReady();
  if (keyringName() === null) return false;
  try {
    const there = hasAsync()
      ? await safeStorage.isAsyncEncryptionAvailable()
      : safeStorage.isEncryptionAvailable();
    return there && !isInClear(await seal('probe'));
  } catch {
    return false;
  }
}

/** The system's keyring, by Electron's safeStorage. */
function safeStorageCipher(): Cipher {
  return {
    get name() {
      return keyringName() ?? 'session';
    },
    get maybeAvailable() {
      return !app.isReady() || keyringName() !== null;
    },
    available: works,
    async seal(text) {
      const sealed = await seal(text);
      if (isInClear(sealed)) throw new Error('the keyring is gone');
      return sealed.toString('base64');
    },
    async unseal(sealed) {
      const bytes = Buffer.from(sealed, 'base64');
      if (isInClear(bytes)) throw new Error('not encrypted by a keyring');
      if (!hasAsync()) return { text: safeStorage.decryptString(bytes), stale: false };
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(bytes);
      return { text: result, stale: shouldReEncrypt };
    },
    warnings: () => [],
  };
}

/** Keys encrypted by the system's keyring; without one, they are kept for this session only. */
export function keyringSecrets(runtimeRoot: string, lock: FolderLock): SecretStore {
  const path = join(runtimeRoot, 'data', 'keys.keyring.json');
  return new SealedStore({ path, lock, cipher: safeStorageCipher(), now: Date.now });
}
