import { randomUUID } from 'node:crypto';

/** What travels with one request through the core. */
export interface RequestContext {
  requestId: string;
  door: 'http' | 'ipc' | 'test';
  /** Aborted when the caller leaves. */
  signal: AbortSignal;
  /** The hop header of the request, as it came in. */
  hops?: string | undefined;
}

const callersId = /^[\w.-]{1,64}$/;

/** The caller's own `X-Request-ID` where it is a plain one, else a new UUID. */
export function requestIdFrom(header: string | undefined): string {
  return header !== undefined && callersId.test(header) ? header : randomUUID();
}
