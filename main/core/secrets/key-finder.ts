import type { CredentialState } from '../../../contract/provider.ts';
import { AppError } from '../lib/app-error.ts';
import type { Env, KeptKey, SecretStore } from '../lib/host/ports.ts';
import type { Redactor } from '../lib/redact.ts';
import { keyProblem } from '../lib/key-text.ts';
import { keyVariablesOf, variableKeyProblem } from '../registry/environment.ts';
import type { Provider } from '../registry/model/model.ts';
import { originOf } from '../net/origin.ts';

export interface FoundKey {
  key: string;
  /** A variable's name, `store`, or `metadata`. */
  source: string;
  /** What stands for it in an exported command: `$OPENAI_API_KEY`. */
  variable: string;
}

const variables = new WeakMap<Provider, string[]>();

/** The variables a provider's key is looked for in, once for each provider. */
export function keyVariables(provider: Provider): string[] {
  let names = variables.get(provider);
  if (!names) {
    names = keyVariablesOf(provider);
    variables.set(provider, names);
  }
  return names;
}

/** Finds the key for a provider, and only for the origin it belongs to. */
export class KeyFinder {
  readonly #env: Env;
  readonly #store: SecretStore;
  readonly #redactor: Redactor;
  readonly #onOpened: () => void;

  /** @param onOpened called when saved keys were decrypted, which changes their status */
  constructor(env: Env, store: SecretStore, redactor: Redactor, onOpened: () => void = () => {}) {
    this.#env = env;
    this.#store = store;
    this.#redactor = redactor;
    this.#onOpened = onOpened;
  }

  /**
   * The environment, then the panel's store; null also for a saved key that is not decrypted yet, and for one that no
   * header can carry (`unusable` says why).
   */
  find(provider: Provider): FoundKey | null {
    const found = this.#find(provider);
    if (found) this.#redactor.add(found.key);
    return found && keyProblem(found.key) === null ? found : null;
  }

  /**
   * Why the key that was given for a provider is not sent: a call without it, or with another one, is not what was meant.
   * null where there is none, or a good one.
   */
  unusable(provider: Provider): AppError | null {
    const owner = provider.origin === 'runtime' && !provider.inlineKey ? lender(provider) : provider;
    const found = owner && this.#find(owner);
    const problem = found ? keyProblem(found.key) : null;
    if (!owner || !found || problem === null) return null;
    const where = found.source === 'store' ? `the key saved for ${owner.name}` : found.source;
    const then = found.source === 'store' ? 'save it again in the panel' : 'nothing was sent';
    return new AppError('missing_key', `${where} ${problem}; ${then}`, {
      provider: provider.name,
      variable: found.source === 'store' ? found.variable.slice(1) : found.source,
      state: 'unusable',
    });
  }

  #find(provider: Provider): FoundKey | null {
    const own = keyVariables(provider);
    const variable = `$${own[0]}`;
    if (provider.inlineKey) return { key: provider.inlineKey, source: 'metadata', variable };
    // A caller chooses an adapter's id: a variable or a saved key that happens to match it was not meant for it.
    if (provider.origin === 'runtime') {
      const parent = lender(provider);
      return parent && this.#find(parent);
    }
    const name = this.fromEnvironment(provider);
    if (name) return { key: this.#env[name]?.trim() ?? '', source: name, variable: `$${name}` };
    for (const alias of provider.aliases) {
      const stored = this.#store.get(alias);
      if (stored && stored.origin === originOf(provider.base))
        return { key: stored.key, source: 'store', variable };
    }
    return null;
  }

  /** The variable that holds the provider's key, if any does. */
  fromEnvironment(provider: Provider): string | undefined {
    return keyVariables(provider).find((name) => this.#env[name]?.trim());
  }

  /** What is saved for a provider, by the name it is saved under; one for the address it has now goes before others. */
  saved(provider: Provider): { name: string; key: KeptKey } | undefined {
    const all = provider.aliases.flatMap((name) => {
      const key = this.#store.kept(name);
      return key ? [{ name, key }] : [];
    });
    return all.find(({ key }) => key.origin === originOf(provider.base)) ?? all[0];
  }

  /** Decrypts what is saved where a call to this provider (or any) needs it: that may ask the keyring. */
  open(provider?: Provider): Promise<void> | undefined {
    const owner = provider?.origin === 'runtime' ? lender(provider) : provider;
    const needs = provider === undefined || (owner && this.#sealed(owner) && !this.find(provider));
    return needs ? this.#openStore() : undefined;
  }

  async #openStore(): Promise<void> {
    if (await this.#store.open()) this.#onOpened();
  }

  #sealed(provider: Provider): boolean {
    return provider.aliases.some((name) => this.#store.kept(name)?.state === 'sealed');
  }

  state(provider: Provider): CredentialState {
    const { required } = provider.credentials;
    const env = keyVariables(provider);
    const here = originOf(provider.base);
    const found = this.find(provider);
    if (found) {
      const last4 = found.key.length >= 12 ? { last4: found.key.slice(-4) } : {};
      return { required, present: true, source: found.source, ...last4, state: 'ready', origin: here, env };
    }
    const bad = this.unusable(provider);
    if (bad) {
      const source = variableKeyProblem(provider, this.#env)?.variable ?? 'store';
      return { required, present: false, source, state: 'unusable', problem: bad.message, origin: here, env };
    }
    const saved = this.saved(provider);
    if (!saved) return { required, present: false, source: null, state: 'missing', origin: null, env };
    const { state, origin, lockedBy } = saved.key;
    const common = { required, source: 'store', origin, env };
    if (state === 'locked')
      return { ...common, present: false, state, ...(lockedBy ? { locked_by: lockedBy } : {}) };
    if (origin !== here) return { ...common, present: false, state: 'other_origin' };
    return { ...common, present: state === 'sealed', state: 'sealed' };
  }

  /** Why a call to this provider goes out without the key it needs, and what to do about it. */
  missing(provider: Provider): AppError {
    const bad = this.unusable(provider);
    if (bad) return bad;
    const { state, origin, locked_by, env } = this.state(provider);
    const variable = env[0] ?? '';
    const here = originOf(provider.base) ?? provider.base;
    const { backend } = this.#store;
    const reasons: Partial<Record<typeof state, string>> = {
      locked:
        locked_by === 'store'
          ? `the key saved for ${provider.name} is locked: what it was encrypted with (${backend === 'session' ? 'a keyring or passphrase' : backend}) did not open; unlock it and start again`
          : `the key saved for ${provider.name} cannot be decrypted: replace it in the panel`,
      other_origin: `the key saved for ${provider.name} belongs to ${origin} and is not sent to ${here}: save one for it`,
    };
    const reason = reasons[state] ?? `${provider.name} needs a key for ${here}: add one in the panel`;
    return new AppError('missing_key', `${reason}, or set ${variable}`, {
      provider: provider.name,
      variable,
      state,
    });
  }
}

/** The provider whose key a runtime adapter is lent: its parent, at the parent's own origin. */
function lender({ inheritsKeyFrom: parent, base }: Provider): Provider | null {
  return parent && originOf(parent.base) === originOf(base) ? parent : null;
}
