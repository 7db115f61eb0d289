import type { JsonObject, StreamPart } from '../define.ts';
import { isObject, parseJson, str } from '../shared/read.ts';
import { schemaToolName } from '../shared/schema-tool.ts';
import { isSchemaTool, replyText } from './schema-tools.ts';
import type { AnthropicStream } from './stream-state.ts';

/** Handles the start of a block. Text, thinking and signatures need no state, tool calls do. */
export function blockStart(index: number, block: JsonObject, state: AnthropicStream): StreamPart[] {
  if (block.type === 'text') return textPart('text', block.text);
  if (block.type === 'thinking') return textPart('reasoning', block.thinking);
  // A repeated start of an open block must not become a second call.
  if (block.type !== 'tool_use' || state.blocks.has(index)) return [];
  const input = isObject(block.input) ? block.input : {};
  const name = str(block.name) ?? '';
  if (isSchemaTool(name)) {
    state.calls.schemaTool = true;
    state.blocks.set(index, { kind: 'schema', name, input, inputSeen: false, held: '' });
    return [];
  }
  const call = state.toolCalls++;
  state.calls.otherTools = true;
  state.blocks.set(index, { kind: 'tool', index: call, input, inputSeen: false });
  return [{ type: 'tool', index: call, id: str(block.id) ?? '', name }];
}

/** Handles a piece of a block. Signatures and citations have no field in the neutral reply. */
export function blockDelta(index: number, delta: JsonObject, state: AnthropicStream): StreamPart[] {
  if (delta.type === 'text_delta') return textPart('text', delta.text);
  if (delta.type === 'thinking_delta') return textPart('reasoning', delta.thinking);
  const block = state.blocks.get(index);
  const json = str(delta.partial_json) ?? '';
  if (delta.type !== 'input_json_delta' || !block || json === '') return [];
  block.inputSeen = true;
  if (block.kind === 'tool') return [{ type: 'tool', index: block.index, arguments: json }];
  if (block.name === schemaToolName) return [{ type: 'text', text: json }];
  // The reply is under `value`, so it can only be unwrapped from the complete call.
  block.held += json;
  return [];
}

/** Handles the end of a block: reports input that was buffered or did not arrive in pieces. */
export function blockStop(index: number, state: AnthropicStream): StreamPart[] {
  const block = state.blocks.get(index);
  if (!block) return [];
  state.blocks.delete(index);
  if (block.kind === 'tool') {
    return block.inputSeen
      ? []
      : [{ type: 'tool', index: block.index, arguments: JSON.stringify(block.input) }];
  }
  if (block.held !== '') {
    const input = parseJson(block.held);
    return textPart('text', input === undefined ? block.held : replyText(block.name, input));
  }
  return block.inputSeen ? [] : textPart('text', replyText(block.name, block.input));
}

function textPart(type: 'text' | 'reasoning', text: unknown): StreamPart[] {
  const piece = str(text) ?? '';
  return piece === '' ? [] : [{ type, text: piece }];
}
