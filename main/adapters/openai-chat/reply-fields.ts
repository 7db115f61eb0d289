import type { FinishReason, Usage } from '../../../contract/chat.ts';
import type { JsonObject } from '../define.ts';
import { arr, num, obj, str } from '../shared/read.ts';
import { toUsage } from '../shared/usage.ts';

const finishReasons: Record<string, FinishReason> = {
  stop: 'stop',
  length: 'length',
  tool_calls: 'tool_calls',
  function_call: 'tool_calls',
  content_filter: 'content_filter',
};

/** The neutral finish reason; null until, or if, the provider sends none. */
export function finishOf(value: unknown): FinishReason | null {
  const reason = str(value);
  return reason === undefined || reason === '' ? null : (finishReasons[reason] ?? 'other');
}

/** Reasoning text of a message or delta: `reasoning_content` (DeepSeek, xAI) or `reasoning` (OpenRouter). */
export function reasoningOf(message: JsonObject): string | undefined {
  return str(message.reasoning_content) || str(message.reasoning) || undefined;
}

/**
 * Token counts of a reply or chunk, including where Groq (`x_groq`) and Moonshot (the choice) put them in a
 * stream.
 */
export function usageOf(body: JsonObject): Usage | null {
  const usage = obj(body.usage ?? obj(body.x_groq).usage ?? obj(arr(body.choices)[0]).usage);
  const prompt = obj(usage.prompt_tokens_details);
  const completion = obj(usage.completion_tokens_details);
  return toUsage({
    prompt: usage.prompt_tokens,
    completion: usage.completion_tokens,
    total: usage.total_tokens,
    cached: prompt.cached_tokens ?? usage.prompt_cache_hit_tokens,
    reasoning: completion.reasoning_tokens,
    cacheWrites: prompt.cache_write_tokens ?? prompt.cache_creation_tokens,
  });
}

/**
 * OpenRouter's reported cost in USD; undefined if a reply has none. With the user's own key at the upstream
 * provider (`is_byok`) `cost` is only OpenRouter's fee, and the upstream cost is a separate field. Source:
 * https://openrouter.ai/docs/use-cases/usage-accounting
 */
export function costOf(body: JsonObject): number | undefined {
  const usage = obj(body.usage);
  const cost = num(usage.cost);
  if (cost === undefined || usage.is_byok !== true) return cost;
  return cost + (num(obj(usage.cost_details).upstream_inference_cost) ?? 0);
}

/** A content filter's verdict on a choice: the categories that Azure names, else the finish reason itself. */
export function filterWords(choice: JsonObject): string {
  const results = Object.entries(obj(choice.content_filter_results));
  const hit = results.filter(([, result]) => obj(result).filtered === true);
  const words = hit.map(([name, result]) => [name, str(obj(result).severity)].filter(Boolean).join(' '));
  return words.length > 0 ? `content_filter: ${words.join(', ')}` : 'content_filter';
}
