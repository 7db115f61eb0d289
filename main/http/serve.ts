import type { ChatAnswer } from '../../contract/chat.ts';
import type { Envelope } from '../../contract/errors.ts';
import { isObject } from '../core/lib/json.ts';
import { answerBytes, answerEnvelope, answerError, answerThrown } from './answer.ts';
import { EventStream } from './event-stream.ts';
import type { HttpCall } from './http-call.ts';
import { readInput } from './read-input.ts';
import type { Route } from './routes.ts';

const wantsStream = (input: unknown) =>
  isObject(input) && input['stream'] === true && input['dry_run'] !== true;

/** Reads a route's input, runs its operation and writes the answer. */
export const serveOperation = (route: Route) => (call: HttpCall) => serve(route, call);

async function serve(route: Route, call: HttpCall): Promise<void> {
  const { context, params, query } = call;
  const { dispatcher } = call.core;
  let input: unknown;
  let { operation, streamed } = route;
  try {
    const body = route.method === 'GET' ? {} : await readInput(call.incoming);
    const other = route.instead?.(body);
    if (other) ({ operation, streamed, input } = other);
    else input = route.input?.({ params, query, body }) ?? {};
  } catch (error) {
    return answerThrown(call, error, operation);
  }
  if (route.plainText !== undefined) {
    const envelope = await dispatcher.dispatch(operation, input, context);
    if (!envelope.ok) return answerError(call, envelope.error);
    const { text, file } = envelope.data as { text: string; file: string };
    const headers = {
      'content-type': route.plainText,
      'content-disposition': `attachment; filename="${file.replace(/[^\w.-]/g, '_')}"`,
    };
    return answerBytes(call.outgoing, Buffer.from(text), {
      status: 200,
      requestId: context.requestId,
      headers,
    });
  }
  if (!streamed || !wantsStream(input))
    return answerEnvelope(call, await dispatcher.dispatch(operation, input, context));
  const stream = new EventStream(call);
  await stream.end((await dispatcher.dispatch(streamed, input, context, stream)) as Envelope<ChatAnswer>);
}
