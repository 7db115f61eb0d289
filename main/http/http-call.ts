import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Core } from '../core/app/services.ts';
import { hopHeader } from '../core/chat/plan/plan.ts';
import type { RequestContext } from '../core/lib/request-context.ts';
import type { OpenCall, OpenCalls } from './open-calls.ts';
import type { ResponseItems } from './protocols/response-items.ts';
import type { TokenLockout } from './token-lockout.ts';

/** What every route is served with. */
export interface HttpServices {
  core: Core;
  calls: OpenCalls;
  /** Output items of the Responses API, which its clients refer to by id. */
  items: ResponseItems;
  /** Counts wrong tokens of the live hook by address: a game with an old one must not lock out the server's own callers. */
  hookLockout: TokenLockout;
}

/** One request on its way through a route. */
export interface HttpCall extends HttpServices {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  /** As the guard read it. */
  path: string;
  params: Record<string, string>;
  /** Of a name that stands there twice, the first. */
  query: Record<string, string>;
  context: RequestContext;
}

/** Serves one request. It writes the whole answer, an error too. */
export type Serve = (call: HttpCall) => void | Promise<void>;

/** A route as the router keeps it. */
export interface HttpRoute {
  method: 'GET' | 'POST' | 'DELETE';
  /** In Hono's spelling: `/api/llm/calls/:id`, `/v1/models/:id{.+}`. */
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
