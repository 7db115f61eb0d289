import type { CodedText } from '../../../contract/coded-texts.ts';
import type { CredentialState } from '../../../contract/provider.ts';
import { AppError } from '../lib/app-error.ts';
import { detailOf } from '../lib/coded-text.ts';
import type { Env, KeptKey, SecretStore } from '../lib/host/ports.ts';
import { last4Of, type Redactor } from '../lib/redact.ts';
import { keyProblem } from '../lib/key-text.ts';
import { variableKeyProblem, keyVariablesOf } from '../registry/environment.ts';
import type { Provider } from '../registry/model/model.ts';
import { originOf } from '../net/origin.ts';
import { FurtherKeys, fromVariable, type FoundKey, type ListedKey } from './further-keys.ts';

/** Finds a provider's key, and only for the origin to which it belongs. */
export class KeyFinder {
  readonly #env: Env;
  readonly #store: SecretStore;
  readonly #redactor: Redactor;
  readonly #further: FurtherKeys;
  readonly #onOpened: () => void;

  /**
   * @param providers all providers: a variable that is one provider's first key is never another's additional
   * key
   * @param onOpened called when saved keys were decrypted, which changes their status
   */
  constructor(
    env: Env,
    store: SecretStore,
    redactor: Redactor,
    providers: () => Iterable<Provider> = () => [],
    onOpened: () => void = () => {},
  ) {
    this.#env = env;
    this.#store = store;
    this.#redactor = redactor;
    this.#further = new FurtherKeys({ env, store, redactor, providers });
    this.#onOpened = onOpened;
  }

  /**
   * The provider's key: from the environment, then from the panel's store. Null if there is none, if the
   * saved key is not decrypted yet, or if no header can carry it (`unusable` says why).
   */
  find(provider: Provider): FoundKey | null {
    const found = this.#find(provider);
    if (found) this.#redactor.add(found.key);
    return found && keyProblem(found.key) === null ? found : null;
  }

  /**
   * Every key that can be sent to a provider, without duplicates, the first key first. Excludes keys that are
   * not decrypted yet, belong to another address, or cannot be sent in a header.
   */
  all(provider: Provider): FoundKey[] {
    const first = this.#first(provider);
    // A key in a registration is used alone.
    const further = provider.inlineKey ? [] : this.#furtherOf(provider);
    const found = [...(first ? [first] : []), ...further.flatMap((listed) => listed.found ?? [])];
    const byText = new Map<string, FoundKey>();
    for (const one of found) {
      this.#redactor.add(one.key);
      if (keyProblem(one.key) === null && !byText.has(one.key)) byText.set(one.key, one);
    }
    return [...byText.values()];
  }

  /** The provider's keys for a list, in the order of `all`, including those that cannot be used now. */
  list(provider: Provider): ListedKey[] {
    const owner = this.#owner(provider);
    if (!owner || provider.inlineKey) return [];
    const first = this.#listedFirst(owner);
    const further = this.#further.list(owner);
    return [...first, ...further];
  }

  /**
   * Why the key configured for a provider cannot be sent; the call then fails, because sending it without a
   * key, or with another one, is not what the user meant. null if there is no key, or a valid one.
   */
  unusable(provider: Provider): AppError | null {
    const bad = this.#unusable(provider);
    if (!bad) return null;
    const { found, problem } = bad;
    return new AppError('missing_key', problem.message, {
      provider: provider.name,
      variable: found.source === 'store' ? found.variable.slice(1) : found.source,
      state: 'unusable',
    });
  }

  #unusable(provider: Provider): { found: FoundKey; problem: CodedText<'key_problem'> } | null {
    const owner = provider.inlineKey ? provider : this.#owner(provider);
    const found = owner && this.#find(owner);
    if (!owner || !found) return null;
    const isInVariable = found.source !== 'store' && found.source !== 'metadata';
    const problem = keyProblem(found.key, isInVariable ? found.source : null);
    if (problem === null) return null;
    const where = found.source === 'store' ? `the key saved for ${owner.name}` : found.source;
    const then = found.source === 'store' ? 'save it again in the panel' : 'nothing was sent';
    return { found, problem: { ...problem, message: `${where} ${problem.message}; ${then}` } };
  }

  /** The key that decides: the first one, else the first additional one. */
  #find(provider: Provider): FoundKey | null {
    const first = this.#first(provider);
    if (first || provider.inlineKey) return first;
    return this.#furtherOf(provider).find(({ found }) => found)?.found ?? null;
  }

  #furtherOf(provider: Provider): ListedKey[] {
    const owner = this.#owner(provider);
    return owner ? this.#further.list(owner) : [];
  }

  #owner(provider: Provider): Provider | null {
    return provider.origin === 'runtime' ? lender(provider) : provider;
  }

  #first(provider: Provider): FoundKey | null {
    const own = keyVariablesOf(provider);
    const variable = `$${own[0]}`;
    if (provider.inlineKey) return { key: provider.inlineKey, id: 'metadata', source: 'metadata', variable };
    // A caller chooses an adapter's id, so a variable or saved key that happens to match it was not meant for
    // it.
    if (provider.origin === 'runtime') {
      const parent = lender(provider);
      return parent && this.#first(parent);
    }
    const name = this.fromEnvironment(provider);
    if (name) return fromVariable(this.#env, name);
    for (const alias of provider.aliases) {
      const stored = this.#store.get(alias);
      if (stored && stored.origin === originOf(provider.base))
        return { key: stored.key, id: alias, source: 'store', variable };
    }
    return null;
  }

  #listedFirst(provider: Provider): ListedKey[] {
    const name = this.fromEnvironment(provider);
    if (name) return [this.#further.variable(provider, name, true)];
    const saved = this.saved(provider);
    return saved ? [this.#further.saved(provider, saved.name, saved.key, true)] : [];
  }

  /** The variable that contains the provider's key, if any. */
  fromEnvironment(provider: Provider): string | undefined {
    return keyVariablesOf(provider).find((name) => this.#env[name]?.trim());
  }

  /** The names under which a provider's additional keys are saved, by number. */
  furtherNames(provider: Provider): string[] {
    return this.#further.names(provider);
  }

  /** The provider's saved key, with its name. A key for the current address takes precedence. */
  saved(provider: Provider): { name: string; key: KeptKey } | undefined {
    const all = provider.aliases.flatMap((name) => {
      const key = this.#store.kept(name);
      return key ? [{ name, key }] : [];
    });
    return all.find(({ key }) => key.origin === originOf(provider.base)) ?? all[0];
  }

  /**
   * Decrypts the saved keys that a call to this provider (or any provider) needs; this may access the
   * keyring.
   */
  open(provider?: Provider): Promise<void> | undefined {
    const owner = provider && this.#owner(provider);
    const needs =
      provider === undefined ||
      (owner && ((this.#sealed(owner) && !this.#first(provider)) || this.#hasSealedFurther(owner)));
    return needs ? this.#openStore() : undefined;
  }

  async #openStore(): Promise<void> {
    if (await this.#store.open()) this.#onOpened();
  }

  #sealed(provider: Provider): boolean {
    return provider.aliases.some((name) => this.#store.kept(name)?.state === 'sealed');
  }

  #hasSealedFurther(provider: Provider): boolean {
    return this.#further.list(provider).some(({ state }) => state === 'sealed');
  }

  state(provider: Provider): CredentialState {
    const { required } = provider.credentials;
    const env = keyVariablesOf(provider);
    const here = originOf(provider.base);
    const found = this.find(provider);
    if (found) {
      const last4 = last4Of(found.key);
      const shown = last4 ? { last4 } : {};
      return { required, present: true, source: found.source, ...shown, state: 'ready', origin: here, env };
    }
    const bad = this.#unusable(provider);
    if (bad) {
      const source = variableKeyProblem(provider, this.#env)?.variable ?? 'store';
      const why = { problem: bad.problem.message, problem_detail: detailOf(bad.problem) };
      return { required, present: false, source, state: 'unusable', ...why, origin: here, env };
    }
    if (this.#furtherOf(provider).some((further) => further.state === 'sealed'))
      return { required, present: true, source: 'store', origin: here, env, state: 'sealed' };
    const saved = this.saved(provider);
    if (!saved) return { required, present: false, source: null, state: 'missing', origin: null, env };
    const { state, origin, lockedBy } = saved.key;
    const common = { required, source: 'store', origin, env };
    if (state === 'locked')
      return { ...common, present: false, state, ...(lockedBy ? { locked_by: lockedBy } : {}) };
    if (origin !== here) return { ...common, present: false, state: 'other_origin' };
    return { ...common, present: state === 'sealed', state: 'sealed' };
  }

  /** The error for a call without the key it needs, with advice. */
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
          ? `the key saved for ${provider.name} is locked: ${backend === 'session' ? 'the keyring or passphrase' : backend} did not open; unlock it and start again`
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

/** The provider whose key a runtime adapter inherits: its parent, at the parent's own origin. */
function lender({ inheritsKeyFrom: parent, base }: Provider): Provider | null {
  return parent && originOf(parent.base) === originOf(base) ? parent : null;
}
