import type { SecretStore, StoredKey } from '../ports.ts';

/** Keys for this session only, where no keyring is at hand: never written anywhere. */
export function sessionSecrets(): SecretStore {
  const keys = new Map<string, StoredKey>();
  return {
    backend: 'session',
    get: (provider) => keys.get(provider) ?? null,
    set: async (provider, value) => void keys.set(provider, value),
    remove: async (provider) => void keys.delete(provider),
  };
}
