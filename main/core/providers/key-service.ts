import type { OperationOutput, ParsedInput } from '../../../contract/operations/table.ts';
import { adapterFor } from '../../adapters/index.ts';
import { AppError } from '../lib/app-error.ts';
import { providerByName } from '../chat/resolve/resolve.ts';
import type { SecretStore, UndoKeyChange } from '../lib/host/ports.ts';
import type { ChangeHistory } from '../history/change-history.ts';
import type { Redactor } from '../lib/redact.ts';
import type { Provider } from '../registry/model/model.ts';
import { originOf } from '../net/origin.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import type { RuntimeAdapters } from '../registry/runtime/runtime-adapters.ts';
import type { KeyFinder } from '../secrets/key-finder.ts';
import { keyText } from '../lib/key-text.ts';

export interface KeyServiceParts {
  store: SecretStore;
  keys: KeyFinder;
  registry: RegistryStore;
  runtime: RuntimeAdapters;
  redactor: Redactor;
  history: ChangeHistory;
  now(): number;
}

type Saved = OperationOutput<'keys.set'>;

/** Keys saved in the panel: they come in here once, and never go out but to the provider. */
export class KeyService {
  readonly #parts: KeyServiceParts;

  constructor(parts: KeyServiceParts) {
    this.#parts = parts;
  }

  #store(): Saved['store'] {
    const { backend } = this.#parts.store;
    return { name: backend, lasting: backend !== 'session' };
  }

  /** @throws AppError `unknown_provider`, `invalid_request` for a runtime adapter */
  #provider(name: string): Provider {
    const { registry, runtime, now } = this.#parts;
    const provider = providerByName({ registry: registry.current, runtime, now: now() }, name);
    if (provider.origin === 'runtime')
      throw new AppError(
        'invalid_request',
        `${provider.name} is a runtime adapter: its key is given when it is registered, as metadata.api_key, and lives as long as it does`,
      );
    return provider;
  }

  async list(): Promise<OperationOutput<'keys.list'>> {
    const { keys, registry, store } = this.#parts;
    await keys.open();
    const providers = [...registry.current.providers.values()];
    return {
      store: this.#store(),
      keys: providers.map((p) => ({ provider: p.name, credentials: keys.state(p) })),
      warnings: [...store.warnings()],
    };
  }

  /**
   * Saves a key, bound to the origin that the provider has now.
   * @throws AppError `unknown_provider`; `invalid_request` for a key that cannot be sent or that nothing would use;
   * `key_locked`; `file_unreadable`
   */
  async set({ provider: name, key: pasted, replace_locked }: ParsedInput<'keys.set'>): Promise<Saved> {
    const { redactor, store } = this.#parts;
    // Before anything else could put it into a log line.
    redactor.add(pasted.trim());
    const provider = this.#provider(name);
    this.#checkUse(provider);
    const key = keyText(pasted);
    const origin = originOf(provider.base);
    if (origin === null)
      throw new AppError('invalid_request', `${provider.name} has no address that a key could be bound to`);
    const undo = await store.set(provider.name, { key, origin }, { replaceLocked: replace_locked });
    return this.#saved(provider, `saved the key of ${provider.name}`, undo);
  }

  #checkUse(provider: Provider): void {
    if (provider.kind === 'stub' || !adapterFor(provider.adapter).auth)
      throw new AppError('invalid_request', `${provider.name} answers without a key: there is none to save`);
    const variable = this.#parts.keys.fromEnvironment(provider);
    if (variable)
      throw new AppError(
        'invalid_request',
        `the key in ${variable} goes before any that is saved: take the variable away first, and start again`,
        { variable },
      );
  }

  #saved(provider: Provider, summary: string, undo: UndoKeyChange): Saved {
    const { history, keys } = this.#parts;
    const way = { check: undo.check, run: () => undo.run().then(() => []) };
    const change = history.add({ domain: 'keys', module: null, summary, ways: [way], publish: () => [] });
    return {
      provider: provider.name,
      store: this.#store(),
      credentials: keys.state(provider),
      change,
    };
  }

  /** Takes a saved key away, also one that cannot be decrypted. Throws `not_found` where none is saved. */
  async remove({ provider: name }: ParsedInput<'keys.remove'>): Promise<Saved> {
    const { store, keys } = this.#parts;
    const provider = this.#provider(name);
    const saved = keys.saved(provider);
    if (!saved) throw new AppError('not_found', `no key is saved for ${provider.name}`);
    const undo = await store.remove(saved.name);
    return this.#saved(provider, `removed the key of ${provider.name}`, undo);
  }
}
