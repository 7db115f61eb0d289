import type { CodedText } from '../../../contract/coded-texts.ts';
import type { OperationOutput, ParsedInput } from '../../../contract/operations/table.ts';
import { adapterFor } from '../../adapters/index.ts';
import { AppError } from '../lib/app-error.ts';
import { codedText } from '../lib/coded-text.ts';
import { noticeFieldsOf } from '../lib/notice.ts';
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
import { furtherName, isFurtherName, type FoundKey } from '../secrets/further-keys.ts';
import { shownKey, type KeyPool } from '../secrets/key-pool.ts';
import { looksLikeKey } from '../secrets/leave-out-secrets.ts';
import type { Diagnostics } from './diagnostics.ts';
import { keyList } from './key-list.ts';

export interface KeyServiceParts {
  store: SecretStore;
  keys: KeyFinder;
  pool: KeyPool;
  diagnostics: Diagnostics;
  registry: RegistryStore;
  runtime: RuntimeAdapters;
  redactor: Redactor;
  history: ChangeHistory;
  now(): number;
}

type Saved = OperationOutput<'keys.set'>;

/** Maximum number of keys saved for one provider, including the first one. */
const maxSaved = 20;

const nameOf = ({ name }: Provider, id: string) =>
  isFurtherName(id) ? `key ${id} of ${name}` : `the key of ${name}`;
const keyOf = ({ name }: Provider, id: string) => ({ provider: name, key: isFurtherName(id) ? id : null });

/** Keys saved in the panel: they enter here once, and are sent only to the provider. */
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
    const { keys, pool, registry, store } = this.#parts;
    await keys.open();
    const providers = [...registry.current.providers.values()];
    const all = providers.map(async (provider) => ({
      provider: provider.name,
      credentials: keys.state(provider),
      pool: await keyList(keys, pool, provider),
    }));
    return {
      store: this.#store(),
      keys: await Promise.all(all),
      ...noticeFieldsOf(store.warnings()),
    };
  }

  /**
   * Saves a key, bound to the provider's current origin: the first one, or the one that `id` names.
   * @throws AppError `unknown_provider`; `not_found`; `invalid_request` for a key that cannot be sent or
   * would never be used; `key_locked`; `file_unreadable`
   */
  async set(input: ParsedInput<'keys.set'>): Promise<Saved> {
    const { redactor } = this.#parts;
    // Before anything else could log it.
    redactor.add(input.key.trim());
    const provider = this.#provider(input.provider);
    this.#checkTakesKey(provider);
    const id = input.id === undefined ? provider.name : this.#savedName(provider, input.id);
    if (!isFurtherName(id)) this.#checkFirstIsUsed(provider);
    const key = keyText(input.key);
    return this.#save(provider, id, key, input.label, input.replace_locked);
  }

  /**
   * Saves an additional key; the first one if the provider has none.
   * @throws AppError `unknown_provider`, `file_unreadable`; `invalid_request` for a key that cannot be sent
   * or is already saved, and if there are already twenty
   */
  async add({ provider: name, key: pasted, label }: ParsedInput<'keys.add'>): Promise<Saved> {
    const { keys, redactor } = this.#parts;
    redactor.add(pasted.trim());
    const provider = this.#provider(name);
    this.#checkTakesKey(provider);
    const key = keyText(pasted);
    await keys.open();
    const same = keys.list(provider).find(({ found }) => found?.key === key);
    if (same?.found)
      throw new AppError('invalid_request', `${provider.name} has this key already: ${shownKey(same.found)}`);
    return this.#save(provider, this.#freeName(provider), key, label, false);
  }

  async #save(
    provider: Provider,
    id: string,
    key: string,
    label: string | undefined,
    replaceLocked: boolean,
  ): Promise<Saved> {
    const { pool, store } = this.#parts;
    const origin = originOf(provider.base);
    if (origin === null)
      throw new AppError('invalid_request', `${provider.name} has no address that a key could be bound to`);
    const options = label === undefined ? {} : { label: this.#label(label) };
    const before = this.#savedKey(provider, id);
    const undo = await store.set(id, { key, origin }, { replaceLocked, ...options });
    if (before) await pool.free(before);
    await pool.free({ key });
    const summary = codedText('change', 'key_saved', keyOf(provider, id), `saved ${nameOf(provider, id)}`);
    return this.#saved(provider, id, summary, undo);
  }

  /**
   * @throws AppError `invalid_request` for a label that contains a key, because labels are shown and not
   * encrypted
   */
  #label(label: string): string {
    if (this.#parts.redactor.redact(label) === label && !looksLikeKey(label)) return label;
    const message = 'the label has a key in it; labels are shown: choose another one';
    throw new AppError('invalid_request', message, { fields: [{ path: 'label', message }] });
  }

  /**
   * The currently saved key, read before it is removed, because its warning about being refused has to go
   * too.
   */
  #savedKey(provider: Provider, id: string): FoundKey | null {
    return this.#parts.keys.list(provider).find((listed) => listed.id === id)?.found ?? null;
  }

  /** @throws AppError `invalid_request` if there are too many */
  #freeName(provider: Provider): string {
    const { keys } = this.#parts;
    if (!keys.fromEnvironment(provider) && !keys.saved(provider)) return provider.name;
    const taken = new Set(keys.furtherNames(provider));
    for (let number = 2; number <= maxSaved; number++) {
      const name = furtherName(provider.name, number);
      if (!taken.has(name)) return name;
    }
    throw new AppError('invalid_request', `${provider.name} has ${maxSaved} keys: remove one first`);
  }

  /** @throws AppError `not_found`; `invalid_request` for a variable's name */
  #savedName(provider: Provider, id: string): string {
    const { keys } = this.#parts;
    if (keys.furtherNames(provider).includes(id) || keys.saved(provider)?.name === id) return id;
    if (keys.list(provider).some((listed) => listed.id === id))
      throw new AppError('invalid_request', `${id} is a variable: it is changed where it is set`);
    throw new AppError('not_found', `${provider.name} has no saved key ${id}`);
  }

  #checkTakesKey(provider: Provider): void {
    if (provider.kind === 'stub' || !adapterFor(provider.adapter).auth)
      throw new AppError('invalid_request', `${provider.name} answers without a key: there is none to save`);
  }

  #checkFirstIsUsed(provider: Provider): void {
    const variable = this.#parts.keys.fromEnvironment(provider);
    if (variable)
      throw new AppError(
        'invalid_request',
        `the key in ${variable} goes before the first one that is saved: take the variable away and start again, or add a further key`,
        { variable },
      );
  }

  #saved(provider: Provider, id: string, summary: CodedText<'change'>, undo: UndoKeyChange): Saved {
    const { history, keys } = this.#parts;
    const way = { check: undo.check, run: () => undo.run().then(() => []) };
    const change = history.add({ domain: 'keys', module: null, summary, ways: [way], publish: () => [] });
    return {
      provider: provider.name,
      id,
      store: this.#store(),
      credentials: keys.state(provider),
      change,
    };
  }

  /**
   * Removes a saved key, even one that cannot be decrypted.
   * @throws AppError `not_found` if none is saved
   */
  async remove({ provider: name, id: asked }: ParsedInput<'keys.remove'>): Promise<Saved> {
    const { store, keys, pool } = this.#parts;
    const provider = this.#provider(name);
    const id = asked === undefined ? keys.saved(provider)?.name : this.#savedName(provider, asked);
    if (id === undefined) throw new AppError('not_found', `no key is saved for ${provider.name}`);
    const before = this.#savedKey(provider, id);
    const undo = await store.remove(id);
    if (before) await pool.free(before);
    const summary = codedText(
      'change',
      'key_removed',
      keyOf(provider, id),
      `removed ${nameOf(provider, id)}`,
    );
    return this.#saved(provider, id, summary, undo);
  }

  /**
   * @throws AppError `not_found`; `invalid_request` for a variable's name, and for a label that contains a
   * key
   */
  async rename({ provider: name, id, label }: ParsedInput<'keys.rename'>): Promise<Saved> {
    const { keys, store } = this.#parts;
    // A key that is not decrypted yet could not be found in the label.
    await keys.open();
    const provider = this.#provider(name);
    keys.list(provider);
    const undo = await store.rename(this.#savedName(provider, id), this.#label(label));
    const summary = codedText(
      'change',
      'key_renamed',
      keyOf(provider, id),
      `renamed ${nameOf(provider, id)}`,
    );
    return this.#saved(provider, id, summary, undo);
  }

  /**
   * Requests the provider's free model list with this key. A key that is accepted is in use again.
   * @throws AppError `not_found` if there is no such key, or it cannot be used
   */
  async check(
    { provider: name, id }: ParsedInput<'keys.check'>,
    signal: AbortSignal,
  ): Promise<OperationOutput<'keys.check'>> {
    const { diagnostics, pool } = this.#parts;
    const provider = this.#provider(name);
    const key = await this.#usable(provider, id);
    const found = await diagnostics.checkKey(provider, key, signal);
    if (found.status === 'ok') await pool.free(key);
    return { id, diagnostics: found };
  }

  async #usable(provider: Provider, id: string): Promise<FoundKey> {
    const { keys } = this.#parts;
    await keys.open();
    const listed = keys.list(provider).find((one) => one.id === id);
    if (listed?.found) return listed.found;
    const why = listed
      ? `cannot be used (${listed.problem?.message ?? listed.state})`
      : 'is none of its keys';
    throw new AppError('not_found', `${provider.name}: ${id} ${why}`);
  }
}
