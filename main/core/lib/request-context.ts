import { randomUUID } from 'node:crypto';

/** A provider's protocol that callers speak too. */
export type CallerProtocol = 'openai' | 'anthropic';

/** A wait for a provider's limit, for people. */
export interface LimitWait {
  ms: number;
  provider: string;
  /** "500 requests a minute"; null where the provider asked for the wait. */
  limit: string | null;
}

/** How a run, a batch or a trial makes a call: it gives way to people's calls at a provider's limit. */
export interface BulkCall {
  /** Ends a wait for a limit, and not a request under way. */
  signal?: AbortSignal;
  /** Called when the call begins to wait for a limit, and with null when it goes on. */
  onWait?(wait: LimitWait | null): void;
  /** Called before the first request goes out; where it throws, nothing is sent. */
  beforeSending?(): Promise<void>;
}

/** What travels with one request through the core. */
export interface RequestContext {
  requestId: string;
  /** The transport that the request came by, as the call log's public field names it. */
  door: 'http' | 'ipc' | 'cli' | 'test';
  /** The kind of call in the log; `chat` by default. */
  kind?: 'chat' | 'test_call' | 'embedding';
  /** Asked by the panel's own window or page. */
  fromPanel?: boolean;
  /** Aborted when the caller leaves. */
  signal: AbortSignal;
  /** Set where no person waits for the answer. */
  bulk?: BulkCall;
  /**
   * Called before a batch is created at its provider, with the last four characters of the key that it is created with;
   * where it throws, nothing is submitted.
   */
  beforeSubmitting?(keyLast4: string | null): Promise<void>;
  /** The hop header of the request, as it came in. */
  hops?: string | undefined;
  /** What stays with one of a provider's keys, as a translation project does; by default the module. */
  stickTo?: string | undefined;
  /** Set where the caller speaks a provider's protocol: then a reply in that protocol is to go on as it came. */
  callerProtocol?: CallerProtocol | undefined;
  /** Beside such an answer: the provider's reply as it came; none where the answer has to be translated. */
  replyBytes?: Buffer | undefined;
}

const callersId = /^[\w.-]{1,64}$/;

/** The caller's own `X-Request-ID` where it is a plain one, else a new UUID. */
export function requestIdFrom(header: string | undefined): string {
  return header !== undefined && callersId.test(header) ? header : randomUUID();
}
