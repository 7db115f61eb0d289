import { embeddingsBody } from '../../protocols/openai-embeddings/reply.ts';
import { readEmbeddings } from '../../protocols/openai-embeddings/request.ts';
import { answerEnvelope, answerError, answerReplyJson } from '../answer.ts';
import type { Serve } from '../http-call.ts';
import { answeredBy } from '../openai/headers.ts';
import { errorInfoOf, readIncoming, wantsDryRun } from './incoming-chat.ts';

/** `POST /v1/embeddings` */
export const createEmbeddings: Serve = async (call) => {
  const { core, context } = call;
  try {
    const { request, wanted, warnings } = readEmbeddings(await readIncoming(call));
    const input = wantsDryRun(call) ? { ...request, dry_run: true } : request;
    const envelope = await core.dispatcher.dispatch('embeddings.create', input, context);
    if (!envelope.ok) return answerError(call, envelope.error);
    const answer = envelope.data;
    if ('dry_run' in answer) return answerEnvelope(call, envelope);
    const { provider, model, vectors, usage } = answer;
    const promptTokens = usage.estimated ? null : usage.prompt_tokens;
    const meta = { wanted, model, warnings: [...warnings, ...answer.warnings] };
    answerReplyJson(call, embeddingsBody({ vectors, promptTokens }, meta), answeredBy(provider, model, []));
  } catch (error) {
    answerError(call, errorInfoOf(call, error, 'embeddings.create'));
  }
};
