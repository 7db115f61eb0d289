import type { ToolCall } from '../../../contract/chat.ts';
import type { ChatResult, JsonObject } from '../define.ts';
import { textOf } from '../shared/parts.ts';
import { arr, isObject, obj, str } from '../shared/read.ts';
import { schemaToolName } from '../shared/schema-tool.ts';
import { toolCallsOf } from '../shared/tools.ts';
import type { Dialect } from './dialect.ts';
import { costOf, filterWords, finishOf, reasoningOf, usageOf } from './reply-fields.ts';

/**
 * Reads the first choice of a chat completion (older servers: a text completion). null for other JSON,
 * including an error inside a 200.
 */
export function fromResponse(dialect: Dialect, json: unknown): ChatResult | null {
  const body = obj(json);
  const choice = arr(body.choices)[0];
  if (!isObject(choice) || isObject(choice.error) || isObject(body.error)) return null;
  const message = obj(choice.message);
  if (!isObject(choice.message) && str(choice.text) === undefined) return null;
  const reply = splitSchemaCall(callsOf(message));
  const reasoning = reasoningOf(message);
  const filtered = filteredOf(choice, message);
  const costUsd = dialect.tellsCost ? costOf(body) : undefined;
  const finish = finishOf(choice.finish_reason);
  const result: ChatResult = {
    text: reply.text ?? (textOf(message.content) || (str(choice.text) ?? '')),
    toolCalls: reply.calls,
    finish: reply.text !== undefined && reply.calls.length === 0 && finish === 'tool_calls' ? 'stop' : finish,
    usage: usageOf(body),
  };
  if (reasoning !== undefined) result.reasoning = reasoning;
  const providerRef = dialect.tellsCost ? str(body.id) : undefined;
  if (costUsd !== undefined) result.costUsd = costUsd;
  if (providerRef) result.providerRef = providerRef;
  if (filtered !== undefined) result.filtered = filtered;
  return result;
}

/** Tool calls, or the single `function_call` of older servers. */
function callsOf(message: JsonObject): ToolCall[] {
  if (message.tool_calls === undefined && message.function_call === undefined) return [];
  const legacy = isObject(message.function_call) ? [{ function: message.function_call }] : [];
  return toolCallsOf({ tool_calls: arr(message.tool_calls).length > 0 ? message.tool_calls : legacy });
}

/** A call of the schema tool is the reply itself. */
function splitSchemaCall(calls: ToolCall[]): { text?: string; calls: ToolCall[] } {
  const schemaCall = calls.find((call) => call.function.name === schemaToolName);
  if (!schemaCall) return { calls };
  return { text: schemaCall.function.arguments, calls: calls.filter((call) => call !== schemaCall) };
}

function filteredOf(choice: JsonObject, message: JsonObject): string | undefined {
  const refusal = str(message.refusal);
  if (refusal) return refusal;
  return choice.finish_reason === 'content_filter' ? filterWords(choice) : undefined;
}
