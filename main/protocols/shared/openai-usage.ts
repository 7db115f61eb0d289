import type { Usage } from '../../../contract/chat.ts';
import type { JsonObject } from '../define.ts';
import { estimatedField } from './answer.ts';

/** Token counts as OpenAI's chat and text completions nest them. */
export function completionUsage(usage: Usage): JsonObject {
  const { prompt_tokens, completion_tokens, total_tokens, cached_tokens, reasoning_tokens } = usage;
  return {
    prompt_tokens,
    completion_tokens,
    total_tokens,
    ...(cached_tokens === undefined ? {} : { prompt_tokens_details: { cached_tokens } }),
    ...(reasoning_tokens === undefined ? {} : { completion_tokens_details: { reasoning_tokens } }),
    ...estimatedField(usage),
  };
}
