import { AppError } from '../../core/lib/app-error.ts';
import * as anthropic from '../../protocols/anthropic-messages/count-tokens.ts';
import type { Call, Incoming, JsonObject } from '../../protocols/define.ts';
import * as gemini from '../../protocols/gemini-generate/count-tokens.ts';
import { answerError, answerReplyJson } from '../answer.ts';
import type { HttpCall, Serve } from '../http-call.ts';
import { errorInfoOf, readIncoming } from './incoming-chat.ts';

interface CounterParts {
  countTokensChat(incoming: Incoming): Call;
  countTokensBody(promptTokens: number): JsonObject;
}

/** A route that counts the tokens of a chat: a dry run of which only the count is returned. */
function tokenCounter(parts: CounterParts, modelOf: (call: HttpCall) => string | undefined): Serve {
  return async (call) => {
    const { core, context } = call;
    try {
      const model = modelOf(call);
      const { chat } = parts.countTokensChat(await readIncoming(call, model === undefined ? {} : { model }));
      const envelope = await core.dispatcher.dispatch('chat.send', chat, context);
      if (!envelope.ok) return answerError(call, envelope.error);
      if (!('dry_run' in envelope.data)) throw new AppError('internal_error', 'a dry run was answered');
      answerReplyJson(call, parts.countTokensBody(envelope.data.estimate.prompt_tokens));
    } catch (error) {
      answerError(call, errorInfoOf(call, error, 'chat.send'));
    }
  };
}

/** `POST /v1/messages/count_tokens` */
export const countTokens = tokenCounter(anthropic, () => undefined);

/** `POST /v1beta/models/{model}:countTokens` */
export const geminiCountTokens = (modelOf: (call: HttpCall) => string) => tokenCounter(gemini, modelOf);
