import { lookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { Dispatcher } from 'undici';
import { onAbort, type AnySignal } from '../lib/call-signal.ts';
import { isRefusedAddress } from './address.ts';
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

/** The request never left this machine: no connection was made, or the caller left before it was written. */
export class NeverSent extends Error {
  override readonly cause: Error;

  constructor(cause: Error) {
    super(cause.message, { cause });
    this.name = 'NeverSent';
    this.cause = cause;
  }
}

export interface Transport {
  /** Loads what the first call needs, once the start-up is over. */
  warm(): Promise<void>;
  /** @throws NeverSent; what the connection ended with after the request was written */
  send(call: WireCall): Promise<WireReply>;
  close(): Promise<void>;
}

/** A name that resolves to an address no provider can have is refused at the last moment it can be. */
const guardedLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, options, (error, address, family) => {
    const found = Array.isArray(address) ? address : [{ address, family: family ?? 4 }];
    const bad = error ? undefined : found.find((a: LookupAddress) => isRefusedAddress(a.address));
    if (bad)
      callback(
        Object.assign(new Error(`${hostname} resolves to ${bad.address}`), { code: 'EADDRREFUSED' }),
        '',
        4,
      );
    else callback(error, address as string & LookupAddress[], family);
  });
};

/**
 * undici's pool alone: its index brings fetch, WebSocket and a cache along, for twice the time and 9 MB. It comes with the
 * first real call, not with the window.
 */
const loadPool = async () => (await import('undici/lib/dispatcher/agent.js')).default;
type Pool = Awaited<ReturnType<typeof loadPool>>;
let loading: Promise<Pool> | undefined;

/** One call over the pool, its pieces handed on as they arrive. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #signal: AnySignal;
  readonly #resolve: (reply: WireReply) => void;
  readonly #reject: (error: Error) => void;
  readonly #stopListening: () => void;
  #controller: Dispatcher.DispatchController | undefined;
  #body: WireBody | undefined;
  /** True once the request may have left this machine. */
  #sent = false;

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
    else this.#sent = true;
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
    else this.#reject(this.#sent ? error : new NeverSent(error));
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

const newAgent = (Agent: Pool) =>
  new Agent({
    connect: { timeout: connectMs, lookup: guardedLookup },
    keepAliveTimeout: 30_000,
    maxHeaderSize: 64 * 1024,
  });

/** A pool for each origin; redirects are not followed, compression is not asked for. */
export function createTransport(): Transport {
  let agent: Dispatcher | undefined;
  let pool: Pool | undefined;
  const load = async () => (pool ??= await (loading ??= loadPool()));
  return {
    async warm() {
      await load();
    },
    send(call) {
      return pool ? dispatch((agent ??= newAgent(pool)), call) : load().then(() => this.send(call));
    },
    async close() {
      await agent?.destroy();
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
