import { join } from 'node:path';
import type { FolderLock } from '../core/lib/files/folder-lock.ts';
import type { SecretStore } from '../core/lib/host/ports.ts';
import { SealedStore } from '../core/secrets/sealed-store.ts';
import { safeStorageCipher } from './safe-storage-cipher.ts';

/** Keys encrypted by the system's keyring; without one, they are kept for this session only. */
export function keyringSecrets(runtimeRoot: string, lock: FolderLock): SecretStore {
  const path = join(runtimeRoot, 'data', 'keys.keyring.json');
  return new SealedStore({ path, lock, cipher: safeStorageCipher(), now: Date.now });
}
