import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import type { Core } from '../core/app/services.ts';
import { hopHeader } from '../core/chat/plan.ts';
import type { RequestContext } from '../core/lib/request-context.ts';
import type { ResponseItems } from './protocols/response-items.ts';
import type { OpenCalls } from './open-calls.ts';

export type Env = { Bindings: HttpBindings };

/** What every route is served with. */
export interface HttpServices {
  core: Core;
  calls: OpenCalls;
  /** Output items of the Responses API, which its clients refer to by id. */
  items: ResponseItems;
}

/** One request on its way through a route. */
export interface HttpCall extends HttpServices {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  /** As the guard read it. */
  path: string;
  params: Record<string, string>;
  query: Record<string, string>;
  context: RequestContext;
}

/** Serves one request. It writes the whole answer, an error too. */
export type Serve = (call: HttpCall) => void | Promise<void>;

const joined = (value: string | string[] | undefined) => (Array.isArray(value) ? value.join(',') : value);

export function httpCall(services: HttpServices, c: Context<Env>): HttpCall {
  const { incoming, outgoing } = c.env;
  const { requestId, signal } = services.calls.of(outgoing);
  return {
    ...services,
    incoming,
    outgoing,
    path: c.req.path,
    params: c.req.param(),
    query: c.req.query(),
    context: { requestId, door: 'http', signal, hops: joined(incoming.headers[hopHeader]) },
  };
}

/** A route's work as Hono takes it. */
export function served(services: HttpServices, serve: Serve): (c: Context<Env>) => Promise<Response> {
  return async (c) => {
    await serve(httpCall(services, c));
    return RESPONSE_ALREADY_SENT;
  };
}
