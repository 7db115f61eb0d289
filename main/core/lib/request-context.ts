import { randomUUID } from 'node:crypto';

/** A provider's protocol that callers may speak too. */
export type CallerProtocol = 'openai' | 'anthropic';

/** A wait for a provider's limit, for display. */
export interface LimitWait {
  ms: number;
  provider: string;
  /** "500 requests a minute"; null if the provider asked for the wait. */
  limit: string | null;
}

/** Options for calls of a run, a batch or a trial: at a provider's limit, users' calls go first. */
export interface BulkCall {
  /** Ends a wait for a limit, but not a request in progress. */
  signal?: AbortSignal;
  /** Called when the call begins to wait for a limit, and with null when it continues. */
  onWait?(wait: LimitWait | null): void;
  /** Called before the first request is sent; if it throws, nothing is sent. */
  beforeSending?(): Promise<void>;
}

/** Per-request data that is passed through the core. */
export interface RequestContext {
  requestId: string;
  /** The transport of the request, under the call log's public field name. */
  door: 'http' | 'ipc' | 'cli' | 'test';
  /** The kind of call in the log; `chat` by default. */
  kind?: 'chat' | 'test_call' | 'embedding';
  /** True for requests from the panel's own window or page. */
  fromPanel?: boolean;
  /** Aborted when the caller disconnects. */
  signal: AbortSignal;
  /** Set if no person waits for the answer. */
  bulk?: BulkCall;
  /**
   * Called before a batch is created at its provider, with the last four characters of the key it is created with. If it
   * throws, nothing is submitted.
   */
  beforeSubmitting?(keyLast4: string | null): Promise<void>;
  /** The request's hop header, as received. */
  hops?: string | undefined;
  /**
   * Requests with the same value stay with one of a provider's keys, such as a translation project's; by
   * default the module.
   */
  stickTo?: string | undefined;
  /** Set if the caller speaks a provider's protocol: a reply in that protocol is then passed through unchanged. */
  callerProtocol?: CallerProtocol | undefined;
  /** Called with a whole reply as the provider sent it, if it can be passed through; the answer follows. */
  onReplyBytes?(bytes: Buffer): void;
}

const callersId = /^[\w.-]{1,64}$/;

/** The caller's `X-Request-ID` if it is valid, else a new UUID. */
export function requestIdFrom(header: string | undefined): string {
  return header !== undefined && callersId.test(header) ? header : randomUUID();
}
