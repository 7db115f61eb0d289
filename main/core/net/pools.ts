import type { LookupFunction } from 'node:net';
import { Agent, EnvHttpProxyAgent, Pool, type Dispatcher } from 'undici';
import { guardedLookup, ownNetworkLookup } from './guarded-lookup.ts';
import type { Proxies } from './proxies.ts';
import { connectSeconds } from './transport-error.ts';

const connectMs = connectSeconds * 1000;

const limits = { keepAliveTimeout: 30_000, maxHeaderSize: 64 * 1024 };

const newAgent = (lookup: LookupFunction) =>
  // If a name has addresses of both families, both are tried: a local server may listen on only one of them.
  new Agent({ ...limits, connect: { timeout: connectMs, lookup, autoSelectFamily: true } });

/** `NO_PROXY` was evaluated before, so every call of this agent goes through the proxy. */
const newProxyAgent = ({ http, https }: Proxies) =>
  new EnvHttpProxyAgent({
    ...limits,
    httpProxy: http?.url ?? '',
    httpsProxy: https?.url ?? '',
    noProxy: '',
    proxyTls: { timeout: connectMs },
    requestTls: { timeout: connectMs },
    // A proxy that accepts the connection but never answers counts as unreachable.
    clientFactory: (origin, options) =>
      new Pool(origin, { ...options, headersTimeout: connectMs, bodyTimeout: connectMs }),
  });

/** The connection pools of one transport, each created when first needed. */
export class Pools {
  readonly #proxies: Proxies;
  #direct: Dispatcher | undefined;
  #own: Dispatcher | undefined;
  #proxied: Dispatcher | undefined;

  constructor(proxies: Proxies) {
    this.#proxies = proxies;
  }

  get direct(): Dispatcher {
    return (this.#direct ??= newAgent(guardedLookup));
  }

  get own(): Dispatcher {
    return (this.#own ??= newAgent(ownNetworkLookup));
  }

  get proxied(): Dispatcher {
    return (this.#proxied ??= newProxyAgent(this.#proxies));
  }

  async destroy(): Promise<void> {
    await Promise.all([this.#direct, this.#own, this.#proxied].map((pool) => pool?.destroy()));
  }
}
