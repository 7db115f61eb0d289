import type { Usage } from '../../../contract/chat.ts';
import { num } from './read.ts';

/**
 * Counts as a protocol reports them, each parsed leniently. `completion` includes reasoning unless
 * `reasoningApart`.
 */
export interface Counts {
  prompt?: unknown;
  completion?: unknown;
  total?: unknown;
  cached?: unknown;
  reasoning?: unknown;
  /** Tokens written to a cache for five minutes, or for the provider's default lifetime. */
  cacheWrites?: unknown;
  /** Tokens written to a cache for an hour. */
  cacheWritesHour?: unknown;
  /** The protocol counts reasoning separately from the completion (Gemini's thoughtsTokenCount). */
  reasoningApart?: boolean;
}

/** Token counts in the neutral form, or null if neither prompt nor completion was reported. */
export function toUsage(counts: Counts): Usage | null {
  const prompt = count(counts.prompt);
  const written = count(counts.completion);
  if (prompt === undefined && written === undefined) return null;
  const cached = count(counts.cached);
  const reasoning = count(counts.reasoning);
  const completion =
    (written ?? 0) + (isApart(counts, prompt ?? 0, written ?? 0, reasoning) ? (reasoning ?? 0) : 0);
  const usage: Usage = {
    prompt_tokens: prompt ?? 0,
    completion_tokens: completion,
    total_tokens: count(counts.total) ?? (prompt ?? 0) + completion,
  };
  if (cached !== undefined) usage.cached_tokens = cached;
  if (reasoning !== undefined) usage.reasoning_tokens = reasoning;
  const [writes, writesHour] = [count(counts.cacheWrites), count(counts.cacheWritesHour)];
  if (writes) usage.cache_write_tokens = writes;
  if (writesHour) usage.cache_write_1h_tokens = writesHour;
  return usage;
}

/**
 * xAI excludes reasoning from `completion_tokens` but not from the total, so the sum shows which form it is.
 */
function isApart(counts: Counts, prompt: number, completion: number, reasoning = 0): boolean {
  if (counts.reasoningApart) return true;
  return reasoning > 0 && count(counts.total) === prompt + completion + reasoning;
}

function count(value: unknown): number | undefined {
  const n = num(value);
  return n === undefined || n < 0 ? undefined : Math.round(n);
}
