import type { NoticeFields } from '../../../../contract/coded-texts.ts';
import { adapterNames } from '../../../../contract/provider.ts';
import type {
  RuntimeAdapter,
  RuntimeMetadata,
  RuntimeRegistration,
} from '../../../../contract/runtime-adapter.ts';
import { AppError } from '../../lib/app-error.ts';
import { noticeFieldsOf } from '../../lib/notice.ts';
import { suggest } from '../../lib/suggest.ts';
import type { Redactor } from '../../lib/redact.ts';
import type { Registry } from '../build-registry.ts';
import { secretValues } from '../../lib/secret-values.ts';
import { isCredentialHeader } from '../environment.ts';
import type { Provider } from '../model/model.ts';
import { isAdapterName, placedRegistration, runtimeProvider } from './runtime-provider.ts';

interface Registered {
  id: string;
  provider: string;
  label: string;
  modes: string[];
  metadata: RuntimeMetadata;
}

const maxAdapters = 256;

const shownKey = (secret: string) => (secret.length >= 12 ? `…${secret.slice(-4)}` : '…');

function shown(adapter: Registered): RuntimeAdapter {
  const { id, provider, label, modes, metadata } = adapter;
  const { api_key, headers, ...rest } = metadata;
  const masked = Object.entries(headers ?? {}).map(([k, v]) => [k, isCredentialHeader(k) ? shownKey(v) : v]);
  const view = {
    ...rest,
    ...(headers ? { headers: Object.fromEntries(masked) } : {}),
    ...(api_key ? { api_key: shownKey(api_key) } : {}),
  };
  return { adapter_id: id, provider, label, modes, metadata: view };
}

/** Adapters registered while the server runs. Kept in memory only. */
export class RuntimeAdapters {
  readonly #adapters = new Map<string, Registered>();
  readonly #registry: () => Registry;
  readonly #redactor: Redactor;

  constructor(registry: () => Registry, redactor: Redactor) {
    this.#registry = registry;
    this.#redactor = redactor;
  }

  /**
   * Adds or replaces an adapter; `warnings` list corrections.
   * @throws AppError `id_taken` for a registry provider's name, `unknown_provider`, `invalid_request`
   */
  register(input: RuntimeRegistration): { adapter: RuntimeAdapter } & Required<NoticeFields> {
    const id = input.id ?? input.adapter_id;
    if (!id)
      throw new AppError('invalid_request', 'id: a runtime adapter needs an id', {
        fields: [{ path: 'id', message: 'required' }],
      });
    const registry = this.#registry();
    if (this.#isProviderName(id))
      throw new AppError('id_taken', `"${id}" is a registry provider's name; choose another id`, { id });
    if (
      !registry.providers.has(input.provider) &&
      !this.#isProviderName(input.provider) &&
      !isAdapterName(input.provider)
    ) {
      const near = suggest(input.provider, [...registry.providers.keys(), ...adapterNames]);
      const known = [...registry.providers.keys(), ...adapterNames];
      throw new AppError(
        'unknown_provider',
        `no provider or adapter is called "${input.provider}"${near ? `; did you mean "${near}"?` : ''}`,
        { provider: input.provider, known },
      );
    }
    if (!this.#adapters.has(id) && this.#adapters.size >= maxAdapters)
      throw new AppError(
        'invalid_request',
        `${maxAdapters} runtime adapters are registered already; remove one first`,
      );
    // Building the provider now reports a bad address or header in this answer.
    const { registration: adapter, warnings } = placedRegistration(registry, {
      id,
      provider: input.provider,
      label: input.label ?? id,
      modes: input.modes ?? ['chat'],
      metadata: input.metadata ?? {},
    });
    this.#redactor.add(adapter.metadata.api_key);
    for (const [name, value] of Object.entries(adapter.metadata.headers ?? {}))
      if (isCredentialHeader(name)) this.#redactor.add(value);
    for (const value of secretValues(adapter.metadata)) this.#redactor.add(value);
    this.#adapters.set(id, adapter);
    return { adapter: this.#redactor.redactDeep(shown(adapter)), ...noticeFieldsOf(warnings) };
  }

  #isProviderName(name: string): boolean {
    const registry = this.#registry();
    if (registry.providers.has(name)) return true;
    return [...registry.providers.values()].some((p) => p.aliases.includes(name));
  }

  list(): RuntimeAdapter[] {
    return this.#redactor.redactDeep([...this.#adapters.values()].map(shown));
  }

  remove(id: string): void {
    this.#adapters.delete(id);
  }

  /** Adapters with their own models, whose parent exists in the current registry. */
  withOwnModels(): Provider[] {
    const registry = this.#registry();
    const own = [...this.#adapters.values()].filter(
      (a) => a.metadata.models && (this.#isProviderName(a.provider) || isAdapterName(a.provider)),
    );
    return own.map((adapter) => runtimeProvider(registry, adapter));
  }

  /**
   * The adapter as a provider, based on the current registry.
   * @throws AppError `unknown_provider` if a refresh removed its parent
   */
  get(id: string): Provider | undefined {
    const adapter = this.#adapters.get(id);
    return adapter && runtimeProvider(this.#registry(), adapter);
  }

  ids(): string[] {
    return [...this.#adapters.keys()];
  }
}
