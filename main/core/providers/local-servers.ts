import type { LocalModels, LocalServer, LocalServers as Found } from '../../../contract/local-servers.ts';
import { adapterFor } from '../../adapters/index.ts';
import { AppError } from '../lib/app-error.ts';
import type { Redactor } from '../lib/redact.ts';
import { TransportError } from '../net/transport-error.ts';
import { failureFields, fetchModels, type FetchParts } from './fetch-models.ts';
import type { Provider } from '../registry/model/model.ts';
import { switchedOffReason } from '../chat/preflight-checks.ts';
import { hostnameOf, isLoopback, originOf } from '../net/origin.ts';
import type { FeatureFlags } from '../registry/features/feature-flags.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import type { RuntimeAdapters } from '../registry/runtime/runtime-adapters.ts';
import { runtimeProvider } from '../registry/runtime/runtime-provider.ts';

const probeMs = 1000;
/** Longer, because a server that a user waits for may be busy loading a model. */
const askMs = 3000;

/** The default addresses of these servers. */
const usual = [
  { id: 'lmstudio-usual', provider: 'lmstudio', label: 'LM Studio', base_url: 'http://127.0.0.1:1234/v1' },
  { id: 'ollama-usual', provider: 'ollama', label: 'Ollama', base_url: 'http://127.0.0.1:11434' },
] as const;

export interface LocalServersParts extends FetchParts {
  flags: FeatureFlags;
  registry: RegistryStore;
  runtime: RuntimeAdapters;
  redactor: Redactor;
}

interface Candidate {
  name: string | null;
  provider: Provider;
}

/** Normalizes the names of this machine, so that an address is not queried twice. */
const addressOf = ({ base }: Provider) =>
  `${originOf(base)}`.replace(/\/\/(localhost|\[::1\])/, '//127.0.0.1');

/** Finds model servers on this machine by querying loopback addresses, only on request. */
export class LocalServers {
  readonly #parts: LocalServersParts;

  constructor(parts: LocalServersParts) {
    this.#parts = parts;
  }

  /** The registry's loopback providers, then the default addresses that it does not have. */
  #candidates(): Candidate[] {
    const { registry, runtime } = this.#parts;
    const adapters = runtime.ids().flatMap((id) => this.#adapter(id));
    const known = [...registry.current.providers.values(), ...adapters]
      .filter(
        ({ kind, base, adapter }) =>
          kind === 'local' && isLoopback(hostnameOf(base)) && adapterFor(adapter).modelList,
      )
      .map((provider): Candidate => ({ name: provider.name, provider }));
    const taken = new Set(known.map(({ provider }) => addressOf(provider)));
    // Built from the bare protocol, so that no provider's key or header is sent to another address.
    const others = usual.map(({ base_url, ...rest }): Candidate => {
      const provider = runtimeProvider(registry.current, { ...rest, metadata: { base_url } });
      return { name: null, provider };
    });
    return [...known, ...others.filter(({ provider }) => !taken.has(addressOf(provider)))];
  }

  /** Empty for an adapter whose parent is no longer in the registry; the adapter list reports that. */
  #adapter(id: string): Provider[] {
    try {
      return [this.#parts.runtime.get(id) ?? []].flat();
    } catch {
      return [];
    }
  }

  /** Queries all of them in parallel, one second each. */
  async find(signal: AbortSignal): Promise<Found> {
    const servers = await Promise.all(this.#candidates().map((candidate) => this.#ask(candidate, signal)));
    return this.#parts.redactor.redactDeep({ servers });
  }

  /**
   * The models of one local provider or runtime adapter, fetched with one free request.
   * @throws AppError `unknown_provider`, `invalid_request` for one that is not local, `feature_disabled`
   */
  async models(name: string, signal: AbortSignal): Promise<LocalModels> {
    const { registry, runtime, flags, redactor } = this.#parts;
    const provider = runtime.get(name) ?? registry.current.providers.get(name);
    if (!provider) throw new AppError('unknown_provider', `no provider is called "${name}"`);
    if (provider.kind !== 'local' || !adapterFor(provider.adapter).modelList)
      throw new AppError('invalid_request', `${name} is no local server: its models are asked for with Sync`);
    const off = switchedOffReason(provider, flags);
    if (off !== null) throw new AppError('feature_disabled', off.message);
    const found = await this.#ask({ name, provider }, signal, askMs);
    const { status, http_status, models, message, message_detail, connection } = found;
    const why = { ...(message_detail ? { message_detail } : {}), ...(connection ? { connection } : {}) };
    return redactor.redactDeep({ status, http_status, models, message, ...why });
  }

  async #ask({ name, provider }: Candidate, signal: AbortSignal, ms = probeMs): Promise<LocalServer> {
    const { label, adapter, base } = provider;
    const server = { provider: name, label, adapter, base_url: base };
    const started = performance.now();
    const elapsed = () => Math.round(performance.now() - started);
    try {
      const { models } = await fetchModels(this.#parts, provider, adapterFor(adapter).modelList!, ms, signal);
      const latency_ms = elapsed();
      const ids = models.map(({ id }) => id);
      const message = `${ids.length} models`;
      return { ...server, status: 'found', latency_ms, http_status: 200, models: ids, message };
    } catch (error) {
      if (!(error instanceof TransportError) && !(error instanceof AppError)) throw error;
      const http_status = error instanceof TransportError ? error.status : null;
      const answered = http_status !== null;
      return {
        ...server,
        status: answered ? 'error' : 'nothing',
        latency_ms: answered ? elapsed() : null,
        http_status,
        models: [],
        message: error.message,
        ...failureFields(error),
      };
    }
  }
}
