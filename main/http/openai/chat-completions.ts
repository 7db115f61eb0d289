import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ChatAnswer } from '../../../contract/chat.ts';
import type { Envelope } from '../../../contract/errors.ts';
import type { RequestContext } from '../../core/lib/request-context.ts';
import type { Core } from '../../core/app/services.ts';
import { answerBytes, answerJson } from '../answer.ts';
import { contextOf } from '../http-context.ts';
import { readInput } from '../read-input.ts';
import { asksUsage, chatRequestOf } from './chat-request.ts';
import { completionOf } from './completion.ts';
import { CompletionStream } from './completion-stream.ts';
import { answerOpenAiError } from './error.ts';
import { answeredBy, passedHeaders } from './headers.ts';

function answerCompletion(
  response: ServerResponse,
  envelope: Envelope<ChatAnswer>,
  { requestId, replyBytes: bytes }: RequestContext,
): void {
  if (!envelope.ok) return answerOpenAiError(response, envelope.error);
  const answer = envelope.data;
  const headers = answeredBy(answer.provider, answer.model, answer.dropped);
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
        context,
      );
    }
  } catch (error) {
    answerOpenAiError(outgoing, dispatcher.toErrorInfo(error, context, 'chat.send'));
  }
}
