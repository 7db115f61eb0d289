import type { EmbeddingAnswer, EmbeddingRequest } from '../../../contract/embeddings.ts';
import type { Incoming, JsonObject } from '../../protocols/define.ts';
import * as gemini from '../../protocols/gemini-generate/embed.ts';
import { embedBody, oldEmbedBody, readEmbed, readOldEmbed } from '../../protocols/ollama/embed.ts';
import { embeddingsBody } from '../../protocols/openai-embeddings/reply.ts';
import { readEmbeddings } from '../../protocols/openai-embeddings/request.ts';
import { answerEnvelope, answerError, answerReplyJson } from '../answer.ts';
import type { HttpCall, Serve } from '../http-call.ts';
import { answeredBy } from '../openai/headers.ts';
import { errorInfoOf, readIncoming, wantsDryRun } from './incoming-chat.ts';

/** A translated embeddings request, and how to format its answer. */
interface EmbeddingCall {
  request: EmbeddingRequest;
  reply(answer: EmbeddingAnswer): JsonObject;
}

function embeddingServer(
  read: (incoming: Incoming) => EmbeddingCall,
  modelOf?: (call: HttpCall) => string,
): Serve {
  return async (call) => {
    const { core, context } = call;
    try {
      const { request, reply } = read(await readIncoming(call, modelOf ? { model: modelOf(call) } : {}));
      const input = wantsDryRun(call) ? { ...request, dry_run: true } : request;
      const envelope = await core.dispatcher.dispatch('embeddings.create', input, context);
      if (!envelope.ok) return answerError(call, envelope.error);
      const answer = envelope.data;
      if ('dry_run' in answer) return answerEnvelope(call, envelope);
      answerReplyJson(call, reply(answer), answeredBy(answer.provider, answer.model, answer.dropped));
    } catch (error) {
      answerError(call, errorInfoOf(call, error, 'embeddings.create'));
    }
  };
}

/** Parameters without effect: from translating the request, then from the provider's protocol. */
const noticesOf = (warnings: string[], answer: EmbeddingAnswer): string[] => [
  ...warnings,
  ...answer.dropped.map(({ param, reason }) => `\`${param}\` was not sent: ${reason}`),
  ...answer.warnings,
];

/** `POST /v1/embeddings` */
export const createEmbeddings = embeddingServer((incoming) => {
  const { request, wanted, warnings } = readEmbeddings(incoming);
  return {
    request,
    reply(answer) {
      const { model, vectors, usage } = answer;
      const promptTokens = usage.estimated ? null : usage.prompt_tokens;
      return embeddingsBody(
        { vectors, promptTokens },
        { wanted, model, warnings: noticesOf(warnings, answer) },
      );
    },
  };
});

/** `POST /api/embed` */
export const ollamaEmbed = embeddingServer((incoming) => {
  const { request, model, warnings } = readEmbed(incoming);
  return {
    request,
    reply(answer) {
      const { vectors, usage, timing } = answer;
      const reported = { vectors, promptTokens: usage.prompt_tokens, ms: timing.total_ms };
      return embedBody(reported, { model, warnings: noticesOf(warnings, answer) });
    },
  };
});

/** `POST /api/embeddings` */
export const ollamaOldEmbed = embeddingServer((incoming) => {
  const { request } = readOldEmbed(incoming);
  return { request, reply: ({ vectors }) => oldEmbedBody(vectors) };
});

/** `POST /v1beta/models/{model}:embedContent` and `:batchEmbedContents` */
export const geminiEmbed = (modelOf: (call: HttpCall) => string) =>
  embeddingServer((incoming) => {
    const { request, warnings } = gemini.readEmbed(incoming);
    return { request, reply: (answer) => gemini.embedBody(answer, noticesOf(warnings, answer)) };
  }, modelOf);

export const geminiBatchEmbed = (modelOf: (call: HttpCall) => string) =>
  embeddingServer((incoming) => {
    const { request, warnings } = gemini.readBatch(incoming);
    return { request, reply: (answer) => gemini.batchBody(answer, noticesOf(warnings, answer)) };
  }, modelOf);
