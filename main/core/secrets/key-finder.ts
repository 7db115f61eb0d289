import type { CredentialState } from '../../../contract/provider.ts';
import type { SecretStore } from '../ports.ts';
import type { Redactor } from '../redact.ts';
import { envVariables, type Env } from '../registry/environment.ts';
import type { Provider } from '../registry/model.ts';
import { originOf } from '../registry/origin.ts';

export interface FoundKey {
  key: string;
  /** A variable's name, `store`, or `metadata`. */
  source: string;
  /** What stands for it in an exported command: `$OPENAI_API_KEY`. */
  variable: string;
}

/** Finds the key for a provider, and only for the origin it belongs to. */
export class KeyFinder {
  readonly #env: Env;
  readonly #store: SecretStore;
  readonly #redactor: Redactor;

  constructor(env: Env, store: SecretStore, redactor: Redactor) {
    this.#env = env;
    this.#store = store;
    this.#redactor = redactor;
  }

  /** `COMFYVN_LLM_<PROVIDER>_API_KEY`, ComfyVN's older name, the vendor's, then the panel's store. */
  find(provider: Provider): FoundKey | null {
    const found = this.#find(provider);
    if (found) this.#redactor.add(found.key);
    return found;
  }

  #find(provider: Provider): FoundKey | null {
    const own = envVariables(provider, 'API_KEY');
    const variable = `$${own[0]}`;
    if (provider.inlineKey) return { key: provider.inlineKey, source: 'metadata', variable };
    // A caller chooses an adapter's id: a variable or a saved key that happens to match it was not meant for it.
    const parent = provider.inheritsKeyFrom;
    if (provider.origin === 'runtime')
      return parent && originOf(parent.base) === originOf(provider.base) ? this.#find(parent) : null;
    for (const name of [...own, ...provider.credentials.env]) {
      const key = this.#env[name]?.trim();
      if (key) return { key, source: name, variable: `$${name}` };
    }
    for (const name of provider.aliases) {
      const stored = this.#store.get(name);
      if (stored && stored.origin === originOf(provider.base))
        return { key: stored.key, source: 'store', variable };
    }
    return null;
  }

  state(provider: Provider): CredentialState {
    const found = this.find(provider);
    const { required } = provider.credentials;
    if (!found) return { required, present: false, source: null };
    return {
      required,
      present: true,
      source: found.source,
      ...(found.key.length >= 12 ? { last4: found.key.slice(-4) } : {}),
    };
  }
}
