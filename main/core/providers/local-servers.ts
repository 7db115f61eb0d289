import type { LocalServer, LocalServers as Found } from '../../../contract/local-servers.ts';
import { adapterFor } from '../../adapters/index.ts';
import { AppError } from '../lib/app-error.ts';
import type { Redactor } from '../lib/redact.ts';
import { TransportError } from '../net/transport-error.ts';
import { fetchModels, type FetchParts } from './fetch-models.ts';
import type { Provider } from '../registry/model/model.ts';
import { hostnameOf, isLoopback, originOf } from '../net/origin.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import type { RuntimeAdapters } from '../registry/runtime/runtime-adapters.ts';
import { runtimeProvider } from '../registry/runtime/runtime-provider.ts';

const probeMs = 1000;

/** Where these servers listen unless they are told otherwise. */
const usual = [
  { id: 'lmstudio-usual', provider: 'lmstudio', label: 'LM Studio', base_url: 'http://127.0.0.1:1234/v1' },
  { id: 'ollama-usual', provider: 'ollama', label: 'Ollama', base_url: 'http://127.0.0.1:11434' },
] as const;

export interface LocalServersParts extends FetchParts {
  registry: RegistryStore;
  runtime: RuntimeAdapters;
  redactor: Redactor;
}

interface Place {
  name: string | null;
  provider: Provider;
}

/** One name for this machine, so that an address is not asked twice. */
const placeKey = ({ base }: Provider) =>
  `${originOf(base)}`.replace(/\/\/(localhost|\[::1\])/, '//127.0.0.1');

/** Model servers on this machine: found by asking loopback addresses, and only when someone wants to know. */
export class LocalServers {
  readonly #parts: LocalServersParts;

  constructor(parts: LocalServersParts) {
    this.#parts = parts;
  }

  /** What the registry has on loopback, then the usual addresses that it has not. */
  #places(): Place[] {
    const { registry, runtime } = this.#parts;
    const adapters = runtime.ids().flatMap((id) => this.#adapter(id));
    const places = [...registry.current.providers.values(), ...adapters]
      .filter(
        ({ kind, base, adapter }) =>
          kind === 'local' && isLoopback(hostnameOf(base)) && adapterFor(adapter).modelList,
      )
      .map((provider): Place => ({ name: provider.name, provider }));
    const taken = new Set(places.map(({ provider }) => placeKey(provider)));
    // Built from the bare wire: no key and no header of a provider goes to an address that is not its own.
    const others = usual.map(({ base_url, ...rest }): Place => {
      const provider = runtimeProvider(registry.current, { ...rest, metadata: { base_url } });
      return { name: null, provider };
    });
    return [...places, ...others.filter(({ provider }) => !taken.has(placeKey(provider)))];
  }

  /** Empty for an adapter whose provider is gone from the registry: it is told of where it is listed. */
  #adapter(id: string): Provider[] {
    try {
      return [this.#parts.runtime.get(id) ?? []].flat();
    } catch {
      return [];
    }
  }

  /** Asks all of them at once, one second each. */
  async find(signal: AbortSignal): Promise<Found> {
    const servers = await Promise.all(this.#places().map((place) => this.#ask(place, signal)));
    return this.#parts.redactor.cutDeep({ servers });
  }

  async #ask({ name, provider }: Place, signal: AbortSignal): Promise<LocalServer> {
    const { label, adapter, base } = provider;
    const server = { provider: name, label, adapter, base_url: base };
    const started = performance.now();
    try {
      const { models } = await fetchModels(
        this.#parts,
        provider,
        adapterFor(adapter).modelList!,
        probeMs,
        signal,
      );
      const latency_ms = Math.round(performance.now() - started);
      const ids = models.map(({ id }) => id);
      return { ...server, status: 'found', latency_ms, models: ids, message: `${ids.length} models` };
    } catch (error) {
      if (!(error instanceof TransportError) && !(error instanceof AppError)) throw error;
      const answered = error instanceof TransportError && error.status !== null;
      const status = answered ? 'error' : 'nothing';
      return { ...server, status, latency_ms: null, models: [], message: error.message };
    }
  }
}
