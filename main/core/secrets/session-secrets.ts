import { AppError } from '../lib/app-error.ts';
import type { SecretStore, StoredKey, UndoKeyChange } from '../lib/host/ports.ts';

/** Keys for this session only, where no keyring is at hand: never written anywhere. */
export function sessionSecrets(): SecretStore {
  const keys = new Map<string, StoredKey>();
  const change = (provider: string, to: StoredKey | undefined) =>
    void (to ? keys.set(provider, to) : keys.delete(provider));
  const changed = (provider: string, to: StoredKey | undefined): UndoKeyChange => {
    const before = keys.get(provider);
    change(provider, to);
    return {
      check() {
        if (keys.get(provider) !== to)
          throw new AppError(
            'invalid_request',
            `the key of ${provider} was changed again since; undo that first`,
          );
      },
      run: async () => change(provider, before),
    };
  };
  return {
    backend: 'session',
    kept: (provider) => {
      const stored = keys.get(provider);
      return stored ? { state: 'ready', origin: stored.origin } : null;
    },
    get: (provider) => keys.get(provider) ?? null,
    open: async () => false,
    set: async (provider, value) => changed(provider, value),
    remove: async (provider) => changed(provider, undefined),
    warnings: () => [],
  };
}
