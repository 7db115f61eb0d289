import { app, safeStorage } from 'electron';
import type { Cipher } from '../core/secrets/cipher.ts';

const keyrings: Readonly<Record<string, string>> = {
  gnome_libsecret: 'GNOME keyring',
  kwallet: 'KWallet',
  kwallet5: 'KWallet',
  kwallet6: 'KWallet',
};

/**
 * The display name of the system's key store; null on a Linux without one, where Chromium would encrypt with
 * a well-known key.
 */
function keyringName(): string | null {
  if (process.platform === 'darwin') return 'macOS Keychain';
  if (process.platform === 'win32') return 'Windows DPAPI';
  return app.isReady() ? (keyrings[safeStorage.getSelectedStorageBackend()] ?? null) : null;
}

/** Electron before 42 has only synchronous calls; 46 removed them. */
const hasAsync = () => typeof safeStorage.isAsyncEncryptionAvailable === 'function';

const seal = async (text: string) =>
  hasAsync() ? safeStorage.encryptStringAsync(text) : safeStorage.encryptString(text);

/** On Linux `v10` marks text encrypted with Chromium's built-in key, which is no better than plain text. */
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

/** The system's keyring, through Electron's safeStorage. */
export function safeStorageCipher(): Cipher {
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
