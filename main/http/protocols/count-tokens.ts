import { countTokensBody, countTokensChat } from '../../protocols/anthropic-messages/count-tokens.ts';
import { AppError } from '../../core/lib/app-error.ts';
import { answerError, answerReplyJson } from '../answer.ts';
import type { Serve } from '../http-call.ts';
import { errorInfoOf, readIncoming } from './incoming-chat.ts';

/** `POST /v1/messages/count_tokens`: a dry run, of which only the count is told. */
export const countTokens: Serve = async (call) => {
  const { core, context } = call;
  try {
    const { chat } = countTokensChat(await readIncoming(call));
    const envelope = await core.dispatcher.dispatch('chat.send', chat, context);
    if (!envelope.ok) return answerError(call, envelope.error);
    if (!('dry_run' in envelope.data)) throw new AppError('internal_error', 'a dry run was answered');
    answerReplyJson(call, countTokensBody(envelope.data.estimate.prompt_tokens));
  } catch (error) {
    answerError(call, errorInfoOf(call, error, 'chat.send'));
  }
};
