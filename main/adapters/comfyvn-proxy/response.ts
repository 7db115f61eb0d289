import type { FinishReason } from '../../../contract/chat.ts';
import type { ChatResult, JsonObject } from '../define.ts';
import { isObject, obj, str } from '../shared/read.ts';
import { toolCallsOf } from '../shared/tools.ts';
import { toUsage } from '../shared/usage.ts';

const finishes = new Set<unknown>(['stop', 'length', 'tool_calls', 'content_filter', 'other']);

/**
 * Reads `{ reply | content | text }`, the first that is not empty, as ComfyVN does. Our server and ComfyVN's
 * also have these fields inside `data`, with `usage` in OpenAI's format. null if none of the fields is
 * present.
 */
export function fromResponse(json: unknown): ChatResult | null {
  if (!isObject(json)) return null;
  const data = obj(json.data);
  const text = replyIn(json) ?? replyIn(data);
  const toolCalls = toolCallsOf(data);
  if (text === undefined || (json.ok === false && text === '')) return null;
  const reasoning = str(data.reasoning);
  const finish = data.finish_reason ?? json.finish_reason;
  return {
    text,
    toolCalls,
    ...(reasoning ? { reasoning } : {}),
    finish: finishes.has(finish) ? (finish as FinishReason) : null,
    usage: usageIn(obj(json.usage)) ?? usageIn(obj(data.usage)),
  };
}

/** An empty text only if no field has content. */
function replyIn(holder: JsonObject): string | undefined {
  const reported = ['reply', 'content', 'text'].flatMap((name) => str(holder[name]) ?? []);
  return reported.find((text) => text !== '') ?? reported[0];
}

function usageIn(usage: JsonObject): ChatResult['usage'] {
  return toUsage({
    prompt: usage.prompt_tokens,
    completion: usage.completion_tokens,
    total: usage.total_tokens,
    cached: usage.cached_tokens ?? obj(usage.prompt_tokens_details).cached_tokens,
    reasoning: usage.reasoning_tokens ?? obj(usage.completion_tokens_details).reasoning_tokens,
  });
}
