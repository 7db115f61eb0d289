import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Core } from '../core/app/services.ts';
import { hopHeader } from '../core/chat/plan/plan.ts';
import type { RequestContext } from '../core/lib/request-context.ts';
import type { OpenCall, OpenCalls } from './open-calls.ts';
import type { ResponseItems } from './protocols/response-items.ts';
import type { TokenLockout } from './token-lockout.ts';

/** Services for every route. */
export interface HttpServices {
  core: Core;
  calls: OpenCalls;
  /** Output items of the Responses API, to which its clients refer by id. */
  items: ResponseItems;
  /**
   * Counts wrong tokens of the live hook by address, separately, so that a game with an old token does not
   * lock out the server's own callers.
   */
  hookLockout: TokenLockout;
}

/** One request being served. */
export interface HttpCall extends HttpServices {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  /** As parsed by the guard. */
  path: string;
  params: Record<string, string>;
  /** If a name occurs twice, the first value. */
  query: Record<string, string>;
  context: RequestContext;
}

/** Serves one request. It writes the whole answer, including errors. */
export type Serve = (call: HttpCall) => void | Promise<void>;

/** A route as the router stores it. */
export interface HttpRoute {
  method: 'GET' | 'POST' | 'DELETE';
  /** In Hono's syntax: `/api/llm/calls/:id`, `/v1/models/:id{.+}`. */
  path: string;
  serve: Serve;
}

const joined = (value: string | string[] | undefined) => (Array.isArray(value) ? value.join(',') : value);

function queryOf(target = ''): Record<string, string> {
  const start = target.indexOf('?');
  if (start < 0) return {};
  const pairs = [...new URLSearchParams(target.slice(start + 1))];
  return Object.fromEntries(pairs.toReversed());
}

export function httpCall(
  services: HttpServices,
  { incoming, outgoing }: Pick<HttpCall, 'incoming' | 'outgoing'>,
  { requestId, path, signal }: OpenCall,
  params: Record<string, string>,
): HttpCall {
  const hops = joined(incoming.headers[hopHeader]);
  return {
    ...services,
    incoming,
    outgoing,
    path,
    params,
    query: queryOf(incoming.url),
    context: { requestId, door: 'http', signal, hops },
  };
}
