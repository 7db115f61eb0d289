import type { Usage } from '../../../contract/chat.ts';
import { num, obj } from '../shared/read.ts';
import { toUsage } from '../shared/usage.ts';

/**
 * Converts Anthropic's `usage`. `input_tokens` excludes cache reads and writes, so the prompt is the sum.
 * Source: https://platform.claude.com/docs/en/build-with-claude/prompt-caching
 */
export function anthropicUsage(value: unknown): Usage | null {
  const reported = obj(value);
  const input = [
    reported.input_tokens,
    reported.cache_creation_input_tokens,
    reported.cache_read_input_tokens,
  ].flatMap((count) => num(count) ?? []);
  const created = obj(reported.cache_creation);
  const hour = num(created.ephemeral_1h_input_tokens) ?? 0;
  const all = num(reported.cache_creation_input_tokens) ?? 0;
  return toUsage({
    prompt: input.length === 0 ? undefined : input.reduce((sum, count) => sum + count, 0),
    completion: reported.output_tokens,
    cached: reported.cache_read_input_tokens,
    cacheWrites: all - Math.min(hour, all),
    cacheWritesHour: Math.min(hour, all),
    reasoning: obj(reported.output_tokens_details).thinking_tokens,
  });
}
