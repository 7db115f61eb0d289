import type { LookupFunction } from 'node:net';
import type { Dispatcher } from 'undici';
import { onAbort, type AnySignal } from '../lib/call-signal.ts';
import { guardedLookup, ownNetworkLookup } from './guarded-lookup.ts';
import { isLoopback } from './origin.ts';
import { OwnNetworks } from './own-networks.ts';
import { proxyFor, readProxies, type Proxies, type Proxy } from './proxies.ts';
import { proxyFailure, proxyUnusable } from './proxy-failure.ts';
import { WireBody } from './wire-body.ts';

const connectMs = 5000;

export interface WireCall {
  method: string;
  url: URL;
  /** By name, or names and values in turn. */
  headers: Record<string, string> | string[];
  /** The planner's bytes; nothing else is ever sent. */
  body: Buffer | null;
  /** Milliseconds to the first byte, and between bytes. */
  timeoutMs: number;
  signal: AnySignal;
}

export interface WireReply {
  status: number;
  headers: Record<string, string>;
  body: WireBody;
}

export interface Transport {
  /** Loads what the first call needs, once the start-up is over. */
  warm(): Promise<void>;
  send(call: WireCall): Promise<WireReply>;
  /** Host and port of the proxy that calls to this address go through, without its credentials; null for none. */
  proxyOf(url: URL): string | null;
  close(): Promise<void>;
}

export interface TransportOptions {
  /** What the machine says of proxies. */
  proxies?: Proxies;
  /** What is called directly, and at private addresses only. */
  ownNetworks?: () => OwnNetworks;
}

/** One call over the pool, its pieces handed on as they arrive. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #signal: AnySignal;
  readonly #resolve: (reply: WireReply) => void;
  readonly #reject: (error: Error) => void;
  readonly #stopListening: () => void;
  #controller: Dispatcher.DispatchController | undefined;
  #body: WireBody | undefined;

  constructor(signal: AnySignal, resolve: (reply: WireReply) => void, reject: (error: Error) => void) {
    this.#signal = signal;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#stopListening = onAbort(signal, () => this.#leave());
  }

  #leave(): void {
    this.#controller?.abort(this.#signal.reason as Error);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#signal.aborted) this.#leave();
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (status < 200) return;
    this.#body = new WireBody(controller);
    this.#resolve({ status, headers: flatHeaders(headers), body: this.#body });
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#body?.push(chunk);
  }

  onResponseEnd(): void {
    this.#stopListening();
    this.#body?.finish();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#stopListening();
    if (this.#body) this.#body.finish(error);
    else this.#reject(error);
  }
}

function dispatch(agent: Dispatcher, call: WireCall): Promise<WireReply> {
  const { method, url, headers, body, timeoutMs, signal } = call;
  const request: Dispatcher.DispatchOptions = {
    origin: url.origin,
    path: url.pathname + url.search,
    method: method as Dispatcher.HttpMethod,
    headers,
    body,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  };
  return new Promise((resolve, reject) => agent.dispatch(request, new Exchange(signal, resolve, reject)));
}

// undici comes with the first real call, not with the window.
const loadUndici = () => import('undici');
type Undici = Awaited<ReturnType<typeof loadUndici>>;

const limits = { keepAliveTimeout: 30_000, maxHeaderSize: 64 * 1024 };

const newAgent = ({ Agent }: Undici, lookup: LookupFunction) =>
  // A name with addresses of both families is tried at each: a local server may listen on one of them only.
  new Agent({ ...limits, connect: { timeout: connectMs, lookup, autoSelectFamily: true } });

/** What `NO_PROXY` says was looked at before: whoever gets here goes through the proxy. */
const newProxyAgent = ({ EnvHttpProxyAgent, Pool }: Undici, { http, https }: Proxies) =>
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
class Pools {
  readonly #undici: Undici;
  readonly #proxies: Proxies;
  #direct: Dispatcher | undefined;
  #own: Dispatcher | undefined;
  #proxied: Dispatcher | undefined;

  constructor(undici: Undici, proxies: Proxies) {
    this.#undici = undici;
    this.#proxies = proxies;
  }

  get direct(): Dispatcher {
    return (this.#direct ??= newAgent(this.#undici, guardedLookup));
  }

  get own(): Dispatcher {
    return (this.#own ??= newAgent(this.#undici, ownNetworkLookup));
  }

  get proxied(): Dispatcher {
    return (this.#proxied ??= newProxyAgent(this.#undici, this.#proxies));
  }

  async destroy(): Promise<void> {
    await Promise.all([this.#direct, this.#own, this.#proxied].map((pool) => pool?.destroy()));
  }
}

/**
 * A pool for each origin; redirects are not followed, compression is not asked for. Calls go through the machine's
 * proxies, but never those to this machine or to the person's own network.
 */
export function createTransport({
  proxies = readProxies({}),
  ownNetworks = () => new OwnNetworks([]),
}: TransportOptions = {}): Transport {
  let pools: Pools | undefined;
  let loading: Promise<Pools> | undefined;
  const load = () => (loading ??= loadUndici().then((undici) => (pools = new Pools(undici, proxies))));
  const through = (url: URL) =>
    isLoopback(url.hostname) || ownNetworks().has(url.origin) ? null : proxyFor(proxies, url);

  function sendOver(loaded: Pools, call: WireCall): Promise<WireReply> {
    const proxy = through(call.url);
    if (!proxy) {
      const isOwn = !isLoopback(call.url.hostname) && ownNetworks().has(call.url.origin);
      return dispatch(isOwn ? loaded.own : loaded.direct, call);
    }
    if ('problem' in proxy) return Promise.reject(proxyUnusable(proxy));
    return dispatch(loaded.proxied, call).catch((error: unknown) => {
      throw proxyFailure(error, proxy, call.url.origin);
    });
  }

  return {
    async warm() {
      await load();
    },
    send: (call) => (pools ? sendOver(pools, call) : load().then((loaded) => sendOver(loaded, call))),
    proxyOf(url) {
      const proxy: Proxy | { problem: string } | null = through(url);
      return proxy && 'host' in proxy ? proxy.host : null;
    },
    async close() {
      await pools?.destroy();
    },
  };
}

function flatHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined && name !== 'set-cookie')
      flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}
