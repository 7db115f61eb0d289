import type { EmbeddingInput } from '../../../contract/embeddings.ts';
import type { Adapter, ChatResult } from '../../adapters/define.ts';
import type { EmbeddingJob, EmbeddingProtocol } from '../../adapters/embeddings/protocols.ts';

/** Number of texts, or of lists of tokens. */
export function countOf(input: EmbeddingInput): number {
  return 'texts' in input ? input.texts.length : input.tokens.length;
}

/** Only text is billed, and none of it as output. */
const billing = {
  images: 0,
  imageBytes: 0,
  extraPrompt: 0,
  inputFactor: 1,
  replies: 1,
  maxOutput: 0,
  extraOutput: 0,
  unbounded: [],
  beyondTokens: false,
};

function resultOf(promptTokens: number | null): ChatResult {
  const counts = { prompt_tokens: promptTokens ?? 0, completion_tokens: 0, total_tokens: promptTokens ?? 0 };
  return { text: '', toolCalls: [], finish: 'stop', usage: promptTokens === null ? null : counts };
}

/**
 * Wraps a provider's embeddings as an adapter, so that they are planned, priced and sent like a chat. Vectors
 * are read from the reply's JSON; errors and headers are those of the provider's chats.
 */
export function embeddingAdapter(chat: Adapter, protocol: EmbeddingProtocol, job: EmbeddingJob): Adapter {
  return {
    protocol: `${chat.protocol}-embeddings`,
    // The reply is one document in every protocol.
    framing: 'sse',
    capabilities: { ...chat.capabilities, stream: false },
    auth: chat.auth,
    modelList: null,
    billing: () => billing,
    toRequest(_chat, target) {
      const { path, body, dropped } = protocol.toRequest(job, target.model);
      const empty = { messages: [], params: {}, stream: false };
      const { headers } = chat.toRequest(empty, target);
      const applied = ['dimensions', 'user'].filter(
        (name) => job[name as 'dimensions' | 'user'] !== undefined && !dropped.some((d) => d.param === name),
      );
      return { method: 'POST', path, query: {}, headers, body, applied, dropped, rewritten: [] };
    },
    fromResponse(json) {
      const found = protocol.fromResponse(json, countOf(job.input));
      return found && resultOf(found.promptTokens);
    },
    newStream: () => null,
    fromStreamEvent: () => [],
    toError: (status, json, text) => chat.toError(status, json, text),
  };
}
