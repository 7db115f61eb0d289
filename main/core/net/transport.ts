import type { Dispatcher } from 'undici';
import { isLoopback } from './origin.ts';
import { OwnNetworks } from './own-networks.ts';
import { Pools } from './pools.ts';
import { proxyFor, readProxies, type Proxies, type Proxy } from './proxies.ts';
import { proxyFailure, proxyUnusable } from './proxy-failure.ts';
import { HttpBody } from './http-body.ts';

export interface HttpCall {
  method: string;
  url: URL;
  /** By name, or as alternating names and values. */
  headers: Record<string, string> | string[];
  /** The planner's bytes; nothing else is ever sent. */
  body: Buffer | null;
  /** Milliseconds until the first byte, and between bytes. */
  timeoutMs: number;
  signal: AbortSignal;
}

export interface HttpReply {
  status: number;
  headers: Record<string, string>;
  body: HttpBody;
}

/** The request was not sent: no connection was made, or the caller disconnected before it was written. */
export class NeverSent extends Error {
  override readonly cause: Error;

  constructor(cause: Error) {
    super(cause.message, { cause });
    this.name = 'NeverSent';
    this.cause = cause;
  }
}

export interface Transport {
  /** @throws NeverSent; or the error that ended the connection after the request was written */
  send(call: HttpCall): Promise<HttpReply>;
  /** Host and port of the proxy for this address, without its credentials; null for none. */
  proxyOf(url: URL): string | null;
  close(): Promise<void>;
}

export interface TransportOptions {
  /** The system's proxies. */
  proxies?: Proxies;
  /** Networks that are called directly, and at private addresses only. */
  ownNetworks?: () => OwnNetworks;
}

/** One call over the pool; its pieces are passed on as they arrive. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #signal: AbortSignal;
  readonly #resolve: (reply: HttpReply) => void;
  readonly #reject: (error: Error) => void;
  readonly #stopListening: () => void;
  #controller: Dispatcher.DispatchController | undefined;
  #body: HttpBody | undefined;
  /** True once the request may have been sent. */
  #sent = false;

  constructor(signal: AbortSignal, resolve: (reply: HttpReply) => void, reject: (error: Error) => void) {
    this.#signal = signal;
    this.#resolve = resolve;
    this.#reject = reject;
    const leave = () => this.#leave();
    signal.addEventListener('abort', leave, { once: true });
    this.#stopListening = () => signal.removeEventListener('abort', leave);
  }

  #leave(): void {
    this.#controller?.abort(this.#signal.reason as Error);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#signal.aborted) this.#leave();
    else this.#sent = true;
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (status < 200) return;
    this.#body = new HttpBody(controller);
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
    else this.#reject(this.#sent ? error : new NeverSent(error));
  }
}

function dispatch(agent: Dispatcher, call: HttpCall): Promise<HttpReply> {
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

/**
 * Creates a transport with a connection pool per origin. It does not follow redirects or request compression.
 * Calls use the system's proxies, except calls to this machine or to the user's own networks.
 */
export function createTransport({
  proxies = readProxies({}),
  ownNetworks = () => new OwnNetworks([]),
}: TransportOptions = {}): Transport {
  const pools = new Pools(proxies);
  const through = (url: URL) =>
    isLoopback(url.hostname) || ownNetworks().has(url.origin) ? null : proxyFor(proxies, url);

  function send(call: HttpCall): Promise<HttpReply> {
    const proxy = through(call.url);
    if (!proxy) {
      const isOwn = !isLoopback(call.url.hostname) && ownNetworks().has(call.url.origin);
      return dispatch(isOwn ? pools.own : pools.direct, call);
    }
    if ('problem' in proxy) return Promise.reject(new NeverSent(proxyUnusable(proxy)));
    return dispatch(pools.proxied, call).catch((error: unknown) => {
      if (!(error instanceof NeverSent)) throw error;
      throw new NeverSent(proxyFailure(error.cause, proxy, call.url.origin));
    });
  }

  return {
    send,
    proxyOf(url) {
      const proxy: Proxy | { problem: string } | null = through(url);
      return proxy && 'host' in proxy ? proxy.host : null;
    },
    close: () => pools.destroy(),
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
