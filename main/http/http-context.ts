import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpBindings } from '@hono/node-server';
import { CallSignal } from '../core/lib/call-signal.ts';
import { hopHeader } from '../core/chat/plan.ts';
import type { CallerWire, RequestContext } from '../core/lib/request-context.ts';

export type Env = { Bindings: HttpBindings };

const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value.join(',') : value);

/** Aborted as soon as the caller is gone before the answer was complete. */
function callerSignal(response: ServerResponse): CallSignal {
  const signal = new CallSignal();
  response.on('close', () => {
    if (!response.writableFinished) signal.abort();
  });
  return signal;
}

/** The context of one HTTP request; its id is the caller's where that is a plain one. */
export function contextOf(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  wire?: CallerWire,
): RequestContext {
  return {
    // The handler in front of the routes has put a plain one there.
    requestId: one(incoming.headers['x-request-id']) ?? '',
    door: 'http',
    signal: callerSignal(outgoing),
    hops: one(incoming.headers[hopHeader]),
    wire,
    replyBytes: undefined,
  };
}
