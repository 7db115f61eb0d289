import type { ChatResult } from '../define.ts';
import { isObject, str } from '../shared/read.ts';
import { callsOf, finishOf, usageOf } from './reply.ts';

/** Reads a complete reply of `/api/chat` (`stream: false`); null for other JSON. */
export function fromResponse(json: unknown): ChatResult | null {
  if (!isObject(json) || !isObject(json.message)) return null;
  const toolCalls = callsOf(json, 0);
  const reasoning = str(json.message.thinking);
  return {
    text: str(json.message.content) ?? '',
    toolCalls,
    ...(reasoning ? { reasoning } : {}),
    finish: finishOf(json, toolCalls.length > 0),
    usage: usageOf(json),
  };
}
