import type { FinishReason, ToolCall, Usage } from '../../../contract/chat.ts';
import type { JsonObject } from '../define.ts';
import { obj } from '../shared/read.ts';
import { toolCallsOf } from '../shared/tools.ts';
import { toUsage } from '../shared/usage.ts';

/** The message's tool calls. Older servers send no ids, so they are generated, continuing from `called`. */
export function callsOf(reply: JsonObject, called: number): ToolCall[] {
  return toolCallsOf(obj(reply.message)).map((call, index) => ({
    ...call,
    id: call.id || `call_${called + index}`,
    function: { name: call.function.name, arguments: call.function.arguments || '{}' },
  }));
}

/**
 * The finish reason; null before the end, or if an older server sends none. `load` and `unload` come without
 * a reply.
 */
export function finishOf(reply: JsonObject, calledTools: boolean): FinishReason | null {
  const reason = reply.done_reason;
  if (reply.done !== true || typeof reason !== 'string' || reason === '') return null;
  if (reason === 'length') return 'length';
  if (reason !== 'stop') return 'other';
  return calledTools ? 'tool_calls' : 'stop';
}

/** Counts are only in the last line, which omits zeros. */
export function usageOf(reply: JsonObject): Usage | null {
  return toUsage({ prompt: reply.prompt_eval_count, completion: reply.eval_count });
}
