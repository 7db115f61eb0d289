import type { CodedText } from '../../../contract/coded-texts.ts';
import type { CredentialState } from '../../../contract/provider.ts';
import type { Env, KeptKey, SecretStore } from '../lib/host/ports.ts';
import { keyProblem } from '../lib/key-text.ts';
import type { Redactor } from '../lib/redact.ts';
import { originOf } from '../net/origin.ts';
import { furtherKeyVariablesOf, keyVariablesOf } from '../registry/environment.ts';
import type { Provider } from '../registry/model/model.ts';

/** A key that can be sent to a provider. */
export interface FoundKey {
  key: string;
  /**
   * Identifies the key among the provider's: a variable's name, the name it is saved under, or `metadata`.
   */
  id: string;
  /** A variable's name, `store`, or `metadata`. */
  source: string;
  /** Its placeholder in an exported command: `$OPENAI_API_KEY`. */
  variable: string;
}

/** One of a provider's keys in a list, without the key itself. */
export interface ListedKey {
  id: string;
  /** A variable's name, or `store`. */
  source: string;
  label: string | null;
  state: Exclude<CredentialState['state'], 'missing'>;
  /** null if the key cannot be sent. */
  found: FoundKey | null;
  /** The only origin to which it is sent. */
  origin: string | null;
  /** Why it cannot be used. */
  problem: CodedText<'key_problem'> | null;
  /** The first key: from its variable, or saved under the provider's own name. */
  isFirst: boolean;
}

/** The key in a variable. */
export function fromVariable(env: Env, name: string): FoundKey {
  return { key: env[name]?.trim() ?? '', id: name, source: name, variable: `$${name}` };
}

/** Separates the number of an additional key: `openai_public#2`. Provider names cannot contain it. */
const numberSign = '#';

/** The name under which a provider's additional key is saved. */
export const furtherName = (provider: string, number: number) => `${provider}${numberSign}${number}`;

/** True if this is the name of an additional key. */
export const isFurtherName = (name: string) => name.includes(numberSign);

const numberOf = (name: string) => Number(name.slice(name.lastIndexOf(numberSign) + 1));

export interface FurtherKeysParts {
  env: Env;
  store: SecretStore;
  redactor: Redactor;
  /** All providers: a variable that is one provider's first key is never another's additional key. */
  providers(): Iterable<Provider>;
}

/** A provider's additional keys: in the variables `…_API_KEY_2` to `…_9`, and saved in the panel. */
export class FurtherKeys {
  readonly #parts: FurtherKeysParts;

  constructor(parts: FurtherKeysParts) {
    this.#parts = parts;
  }

  /** Variables first, then saved keys, each by number. */
  list(provider: Provider): ListedKey[] {
    const { env, store } = this.#parts;
    const inVariables = furtherKeyVariablesOf(provider).flatMap((names) => {
      const name = names.find((one) => env[one]?.trim() && !this.#isFirstOfAnother(one));
      return name ? [this.variable(provider, name, false)] : [];
    });
    const inStore = this.names(provider).flatMap((name) => {
      const entry = store.kept(name);
      return entry ? [this.saved(provider, name, entry, false)] : [];
    });
    return [...inVariables, ...inStore];
  }

  /**
   * A user's provider may name `OPENAI_API_KEY_2` as its own key; then the key belongs only to that provider.
   */
  #isFirstOfAnother(variable: string): boolean {
    for (const provider of this.#parts.providers())
      if (keyVariablesOf(provider).includes(variable)) return true;
    return false;
  }

  /** The names under which a provider's additional keys are saved, by number. */
  names(provider: Provider): string[] {
    const beginnings = provider.aliases.map((alias) => alias + numberSign);
    const own = this.#parts.store
      .names()
      .filter((name) => beginnings.some((begin) => name.startsWith(begin)));
    return own.toSorted((a, b) => numberOf(a) - numberOf(b));
  }

  /** A key that is set in a variable. */
  variable(provider: Provider, name: string, isFirst: boolean): ListedKey {
    const { env, redactor } = this.#parts;
    const found = fromVariable(env, name);
    redactor.add(found.key);
    const problem = keyProblem(found.key, name);
    const common = { id: name, source: name, label: null, origin: originOf(provider.base), isFirst };
    if (problem === null) return { ...common, state: 'ready', found, problem: null };
    return {
      ...common,
      state: 'unusable',
      found: null,
      problem: { ...problem, message: `${name} ${problem.message}` },
    };
  }

  /** A key that is saved under this name. */
  saved(provider: Provider, name: string, entry: KeptKey, isFirst: boolean): ListedKey {
    const { redactor, store } = this.#parts;
    const { origin, label } = entry;
    const common = { id: name, source: 'store', label: label ?? null, origin, problem: null, isFirst };
    if (entry.state === 'locked') return { ...common, state: 'locked', found: null };
    if (origin !== originOf(provider.base)) return { ...common, state: 'other_origin', found: null };
    const stored = store.get(name);
    if (!stored) return { ...common, state: 'sealed', found: null };
    redactor.add(stored.key);
    const problem = keyProblem(stored.key);
    if (problem !== null)
      return {
        ...common,
        state: 'unusable',
        found: null,
        problem: { ...problem, message: `the saved key ${problem.message}` },
      };
    const variable = `$${keyVariablesOf(provider)[0]}`;
    return { ...common, state: 'ready', found: { key: stored.key, id: name, source: 'store', variable } };
  }
}
