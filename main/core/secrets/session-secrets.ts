import { AppError } from '../lib/app-error.ts';
import type { SaveKeyOptions, SecretStore, StoredKey, UndoKeyChange } from '../lib/host/ports.ts';

/** A key in memory. */
export interface SessionKey extends StoredKey {
  label?: string | undefined;
}

/** A key with its label; without a new label the old one stays. */
export function labelled(value: StoredKey, label: string | undefined): SessionKey {
  const { key, origin } = value;
  return label ? { key, origin, label } : { key, origin };
}

/** Keys for this session only, for a system without a keyring. Never written to disk. */
export function sessionSecrets(): SecretStore {
  const keys = new Map<string, SessionKey>();
  const change = (provider: string, to: SessionKey | undefined) =>
    void (to ? keys.set(provider, to) : keys.delete(provider));
  const changed = (provider: string, to: SessionKey | undefined): UndoKeyChange => {
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
      if (!stored) return null;
      const { origin, label } = stored;
      return { state: 'ready', origin, ...(label ? { label } : {}) };
    },
    names: () => [...keys.keys()],
    get(provider) {
      const stored = keys.get(provider);
      return stored ? labelled(stored, undefined) : null;
    },
    open: async () => false,
    set: async (provider, value, { label }: SaveKeyOptions = {}) =>
      changed(provider, labelled(value, label ?? keys.get(provider)?.label)),
    async rename(provider, label) {
      const stored = keys.get(provider);
      if (!stored) throw new AppError('not_found', `no key is saved as ${provider}`);
      return changed(provider, labelled(stored, label));
    },
    remove: async (provider) => changed(provider, undefined),
    warnings: () => [],
  };
}
