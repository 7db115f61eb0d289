import { randomUUID } from 'node:crypto';

/** A provider's protocol that callers speak too. */
export type CallerProtocol = 'openai' | 'anthropic';

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
  /** The hop header of the request, as it came in. */
  hops?: string | undefined;
  /** What stays with one of a provider's keys, as a translation project does; by default the module. */
  stickTo?: string | undefined;
  /** Set where the caller speaks a provider's protocol: then a reply in that protocol is to go on as it came. */
  wire?: CallerProtocol | undefined;
  /** Beside such an answer: the provider's reply as it came; none where the answer has to be translated. */
  replyBytes?: Buffer | undefined;
}

const callersId = /^[\w.-]{1,64}$/;

/** The caller's own `X-Request-ID` where it is a plain one, else a new UUID. */
export function requestIdFrom(header: string | undefined): string {
  return header !== undefined && callersId.test(header) ? header : randomUUID();
}
