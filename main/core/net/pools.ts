import type { LookupFunction } from 'node:net';
import { Agent, EnvHttpProxyAgent, Pool, type Dispatcher } from 'undici';
import { guardedLookup, ownNetworkLookup } from './guarded-lookup.ts';
import type { Proxies } from './proxies.ts';

const connectMs = 5000;

const limits = { keepAliveTimeout: 30_000, maxHeaderSize: 64 * 1024 };

const newAgent = (lookup: LookupFunction) =>
  // A name with addresses of both families is tried at each: a local server may listen on one of them only.
  new Agent({ ...limits, connect: { timeout: connectMs, lookup, autoSelectFamily: true } });

/** What `NO_PROXY` says was looked at before: whoever gets here goes through the proxy. */
const newProxyAgent = ({ http, https }: Proxies) =>
  new EnvHttpProxyAgent({
    ...limits,
    httpProxy: http?.url ?? '',
    httpsProxy: https?.url ?? '',
    noProxy: '',
    proxyTls: { timeout: connectMs },
    requestTls: { timeout: connectMs },
    // A proxy that takes the connection and never answers is one that cannot be reached.
    clientFactory: (origin, options) =>
      new Pool(origin, { ...options, headersTimeout: connectMs, bodyTimeout: connectMs }),
  });

/** The pools of one transport, each made when it is first needed. */
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
