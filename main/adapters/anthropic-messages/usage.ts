import type { Usage } from '../../../contract/chat.ts';
import { num, obj } from '../shared/read.ts';
import { toUsage } from '../shared/usage.ts';

/**
 * Anthropic's `usage` in the neutral form. `input_tokens` leaves out what went into or came from the cache:
 * the prompt is the sum. Source: https://platform.claude.com/docs/en/build-with-claude/prompt-caching
 */
export function anthropicUsage(value: unknown): Usage | null {
  const told = obj(value);
  const input = [told.input_tokens, told.cache_creation_input_tokens, told.cache_read_input_tokens].flatMap(
    (count) => num(count) ?? [],
  );
  const created = obj(told.cache_creation);
  const hour = num(created.ephemeral_1h_input_tokens) ?? 0;
  const all = num(told.cache_creation_input_tokens) ?? 0;
  return toUsage({
    prompt: input.length === 0 ? undefined : input.reduce((sum, count) => sum + count, 0),
    completion: told.output_tokens,
    cached: told.cache_read_input_tokens,
    cacheWrites: all - Math.min(hour, all),
    cacheWritesHour: Math.min(hour, all),
    reasoning: obj(told.output_tokens_details).thinking_tokens,
  });
}
