import type { ChatAnswer } from '../../../contract/chat.ts';
import type { Envelope } from '../../../contract/errors.ts';
import { answerEnvelope, answerError, answerReply, answerReplyJson, answerThrown } from '../answer.ts';
import type { HttpCall } from '../http-call.ts';
import { wantsDryRun } from '../protocols/incoming-chat.ts';
import { readInput } from '../read-input.ts';
import { asksUsage, chatRequestOf } from './chat-request.ts';
import { completionOf } from './completion.ts';
import { CompletionStream } from './completion-stream.ts';
import { answeredBy, passedHeaders } from './headers.ts';

/** @param bytes the provider's own reply, if it is in OpenAI's format */
function answerCompletion(call: HttpCall, answer: ChatAnswer, bytes: Buffer | undefined): void {
  const headers = answeredBy(answer.provider, answer.model, answer.dropped);
  if (bytes) answerReply(call, bytes, { ...headers, ...passedHeaders(answer.data.headers) });
  else answerReplyJson(call, completionOf(answer), headers);
}

/** `POST /v1/chat/completions`, streaming or not. */
export async function chatCompletions(call: HttpCall): Promise<void> {
  const { dispatcher } = call.core;
  const passed: Buffer[] = [];
  const onReplyBytes = (bytes: Buffer) => void passed.push(bytes);
  const context = { ...call.context, callerProtocol: 'openai' as const, onReplyBytes };
  try {
    const body = await readInput(call.incoming);
    const request = chatRequestOf(body);
    if (wantsDryRun(call)) {
      const dry = { ...request, stream: false, dry_run: true };
      return answerEnvelope(call, await dispatcher.dispatch('chat.send', dry, context));
    }
    if (request['stream'] === true) {
      const stream = new CompletionStream(call, asksUsage(body));
      const ended = await dispatcher.dispatch('chat.stream', request, context, stream);
      return await stream.end(ended as Envelope<ChatAnswer>);
    }
    const envelope = await dispatcher.dispatch('chat.send', request, context);
    if (!envelope.ok) return answerError(call, envelope.error);
    answerCompletion(call, envelope.data as ChatAnswer, passed[0]);
  } catch (error) {
    answerThrown(call, error, 'chat.send');
  }
}
