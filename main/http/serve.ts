import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ChatAnswer } from '../../contract/chat.ts';
import type { Envelope } from '../../contract/errors.ts';
import { isObject } from '../core/lib/json.ts';
import type { Core } from '../core/app/services.ts';
import { answerBytes, answerEnvelope, answerError } from './answer.ts';
import { EventStream } from './event-stream.ts';
import { contextOf } from './http-context.ts';
import { readInput } from './read-input.ts';
import type { Route } from './routes.ts';

const wantsStream = (input: unknown) =>
  isObject(input) && input['stream'] === true && input['dry_run'] !== true;

/** What a request says beside its body. */
type Said = Pick<Parameters<NonNullable<Route['input']>>[0], 'params' | 'query'>;

/** Reads what a route asks for, runs its operation and writes the answer. */
export async function serve(
  core: Core,
  route: Route,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  said: Said,
): Promise<void> {
  const context = contextOf(incoming, outgoing);
  const { dispatcher } = core;
  let input: unknown;
  try {
    const body = route.method === 'GET' ? {} : await readInput(incoming);
    input = route.input?.({ ...said, body }) ?? {};
  } catch (error) {
    return answerError(outgoing, dispatcher.toErrorInfo(error, context, route.operation));
  }
  if (route.plainText !== undefined) {
    const envelope = await dispatcher.dispatch(route.operation, input, context);
    if (!envelope.ok) return answerError(outgoing, envelope.error);
    const { text, file } = envelope.data as { text: string; file: string };
    return answerBytes(outgoing, 200, Buffer.from(text), context.requestId, {
      'content-type': route.plainText,
      'content-disposition': `attachment; filename="${file.replace(/[^\w.-]/g, '_')}"`,
    });
  }
  if (!route.streamed || !wantsStream(input))
    return answerEnvelope(
      outgoing,
      await dispatcher.dispatch(route.operation, input, context),
      context.requestId,
    );
  const stream = new EventStream(outgoing, context.requestId);
  await stream.end(
    (await dispatcher.dispatch(route.streamed, input, context, stream)) as Envelope<ChatAnswer>,
  );
}
