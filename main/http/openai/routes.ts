import type { IncomingMessage, ServerResponse } from 'node:http';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, Hono } from 'hono';
import type { ChatAnswer } from '../../../contract/chat.ts';
import type { Envelope } from '../../../contract/errors.ts';
import type { OperationInput, OperationName } from '../../../contract/operations/table.ts';
import { bytesOf } from '../../core/chat/reply-bytes.ts';
import type { Core } from '../../core/services.ts';
import { answerBytes, answerJson } from '../answer.ts';
import { contextOf, type Env } from '../http-context.ts';
import { readInput } from '../read-input.ts';
import { asksUsage, chatRequestOf } from './chat-request.ts';
import { completionOf } from './completion.ts';
import { CompletionStream } from './completion-stream.ts';
import { answerOpenAiError } from './error.ts';
import { answeredBy, passedHeaders } from './headers.ts';

/** For telling a mistyped path what it may have meant. */
export const openAiPaths = ['/v1/chat/completions', '/v1/models'] as const;

function answerCompletion(response: ServerResponse, envelope: Envelope<ChatAnswer>, requestId: string): void {
  if (!envelope.ok) return answerOpenAiError(response, envelope.error);
  const answer = envelope.data;
  const headers = answeredBy(answer.provider, answer.model, answer.dropped);
  const bytes = bytesOf(answer);
  if (bytes)
    answerBytes(response, 200, bytes, requestId, { ...headers, ...passedHeaders(answer.data.headers) });
  else answerJson(response, 200, completionOf(answer), requestId, headers);
}

/** `POST /v1/chat/completions`, whole or as a stream. */
export async function chatCompletions(
  { dispatcher }: Core,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const context = contextOf(incoming, outgoing, 'openai');
  const { requestId } = context;
  try {
    const body = await readInput(incoming);
    const request = chatRequestOf(body);
    if (request['stream'] === true) {
      const stream = new CompletionStream(outgoing, requestId, asksUsage(body));
      await stream.end(
        (await dispatcher.dispatch('chat.stream', request, context, stream)) as Envelope<ChatAnswer>,
      );
    } else {
      answerCompletion(
        outgoing,
        (await dispatcher.dispatch('chat.send', request, context)) as Envelope<ChatAnswer>,
        requestId,
      );
    }
  } catch (error) {
    answerOpenAiError(outgoing, dispatcher.toErrorInfo(error, context, 'chat.send'));
  }
}

async function answerList<N extends OperationName>(
  core: Core,
  c: Context<Env>,
  name: N,
  input: OperationInput<N>,
): Promise<Response> {
  const { incoming, outgoing } = c.env;
  const context = contextOf(incoming, outgoing);
  const envelope = await core.dispatcher.dispatch(name, input, context);
  if (envelope.ok) answerJson(outgoing, 200, envelope.data, context.requestId);
  else answerOpenAiError(outgoing, envelope.error);
  return RESPONSE_ALREADY_SENT;
}

/** OpenAI's wire, for any client that speaks it. The client's own key is not read: the guard knows whether one is needed. */
export function addOpenAi(app: Hono<Env>, core: Core): void {
  app.post('/v1/chat/completions', async (c) => {
    await chatCompletions(core, c.env.incoming, c.env.outgoing);
    return RESPONSE_ALREADY_SENT;
  });
  app.get('/v1/models', (c) => answerList(core, c, 'openai.models', {}));
  app.get('/v1/models/:id{.+}', (c) => answerList(core, c, 'openai.model', { id: c.req.param('id') }));
}
