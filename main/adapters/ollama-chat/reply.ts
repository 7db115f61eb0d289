import type { FinishReason, ToolCall, Usage } from '../../../contract/chat.ts';
import type { JsonObject } from '../define.ts';
import { obj } from '../shared/read.ts';
import { toolCallsOf } from '../shared/tools.ts';
import { toUsage } from '../shared/usage.ts';

/** The message's calls; older servers give them no id, so the `called` before it count on. */
export function callsOf(reply: JsonObject, called: number): ToolCall[] {
  return toolCallsOf(obj(reply.message)).map((call, index) => ({
    ...call,
    id: call.id || `call_${called + index}`,
    function: { name: call.function.name, arguments: call.function.arguments || '{}' },
  }));
}

/** Why it ended; null while it goes on, or where an older server does not say. `load` and `unload` come without a reply. */
export function finishOf(reply: JsonObject, calledTools: boolean): FinishReason | null {
  const reason = reply.done_reason;
  if (reply.done !== true || typeof reason !== 'string' || reason === '') return null;
  if (reason === 'length') return 'length';
  if (reason !== 'stop') return 'other';
  return calledTools ? 'tool_calls' : 'stop';
}

/** Counts stand in the last line only; a zero is left out there. */
export function usageOf(reply: JsonObject): Usage | null {
  return toUsage({ prompt: reply.prompt_eval_count, completion: reply.eval_count });
}
