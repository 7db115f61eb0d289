import type { ToolCall } from '../../../contract/chat.ts';
import type { ChatResult, JsonObject } from '../define.ts';
import { obj, str } from '../shared/read.ts';
import { isSchemaTool, replyText } from './schema-tools.ts';
import { finishReason, refusal } from './stop-reason.ts';
import { anthropicUsage } from './usage.ts';

/** Reads a complete reply; null if the JSON has no content list, so is not a message of this protocol. */
export function fromResponse(json: unknown): ChatResult | null {
  const message = obj(json);
  if (!Array.isArray(message.content)) return null;
  const blocks = message.content.map(obj);
  const calls = blocks.filter((block) => block.type === 'tool_use');
  const schemaCall = calls.find((block) => isSchemaTool(block.name));
  const otherCalls = calls.filter((block) => !isSchemaTool(block.name));
  const reasoning = blocks
    .map((block) => (block.type === 'thinking' ? (str(block.thinking) ?? '') : ''))
    .join('');
  const filtered = refusal(message);
  return {
    text: schemaCall ? replyText(schemaCall.name, schemaCall.input) : textIn(blocks),
    toolCalls: otherCalls.map(toToolCall),
    ...(reasoning === '' ? {} : { reasoning }),
    finish: finishReason(message.stop_reason, {
      schemaTool: schemaCall !== undefined,
      otherTools: otherCalls.length > 0,
    }),
    usage: anthropicUsage(message.usage),
    ...(filtered === undefined ? {} : { filtered }),
  };
}

function textIn(blocks: JsonObject[]): string {
  return blocks.map((block) => (block.type === 'text' ? (str(block.text) ?? '') : '')).join('');
}

function toToolCall(block: JsonObject): ToolCall {
  const call = { name: str(block.name) ?? '', arguments: JSON.stringify(block.input ?? {}) };
  return { id: str(block.id) ?? '', type: 'function', function: call };
}
