import { lookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { Dispatcher } from 'undici';
import { isRefusedAddress } from './address.ts';

const connectMs = 5000;

export interface WireCall {
  method: string;
  url: URL;
  headers: Record<string, string>;
  /** The planner's bytes; nothing else is ever sent. */
  body: Buffer | null;
  /** Milliseconds to the first byte, and between bytes. */
  timeoutMs: number;
  signal: AbortSignal;
}

export interface WireReply {
  status: number;
  headers: Record<string, string>;
  body: AsyncIterable<Buffer> & { destroy(): void };
}

export interface Transport {
  /** Loads what the first call needs, once the start-up is over. */
  warm(): Promise<void>;
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

/** undici takes 100 ms to load: it comes with the first real call, not with the window. */
let loading: Promise<typeof import('undici')> | undefined;

/** A pool for each origin; redirects are not followed, compression is not asked for. */
export function createTransport(): Transport {
  let agent: Dispatcher | undefined;
  return {
    async warm() {
      await (loading ??= import('undici'));
    },
    async send({ method, url, headers, body, timeoutMs, signal }) {
      const undici = await (loading ??= import('undici'));
      agent ??= new undici.Agent({
        connect: { timeout: connectMs, lookup: guardedLookup },
        keepAliveTimeout: 30_000,
        maxHeaderSize: 64 * 1024,
      });
      const reply = await undici.request(url, {
        dispatcher: agent,
        method: method as Dispatcher.HttpMethod,
        headers,
        body,
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
        signal,
      });
      // A body torn down on purpose reports it as an error event that nobody else waits for.
      reply.body.on('error', () => {});
      return { status: reply.statusCode, headers: flatHeaders(reply.headers), body: reply.body };
    },
    async close() {
      await agent?.destroy();
    },
  };
}

function flatHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && name !== 'set-cookie')
      flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}
