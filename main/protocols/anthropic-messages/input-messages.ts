import type { Message } from '../../../contract/chat.ts';
import type { JsonObject } from '../define.ts';
import { MessageList, plainContent, textPart, type Part } from '../shared/message-list.ts';
import { neutralCall } from '../shared/neutral-tools.ts';
import { isObject, type Reader } from '../shared/reader.ts';
import { cacheMark, readBlock, readBlocks } from './blocks.ts';

/** Converts `system` and `messages` to neutral messages. */
export function readMessages(body: JsonObject, reader: Reader): Message[] {
  const list = new MessageList(reader);
  const system = plainContent(readBlocks(body['system'] ?? [], 'system', reader));
  if (system.length > 0) list.add({ role: 'system', content: system });
  const turns = reader.list(body['messages'], 'messages') ?? reader.fail('messages', 'is required');
  turns.forEach((entry, index) => {
    const path = `messages[${index}]`;
    const turn = reader.needObject(entry, path);
    reader.others(turn, ['role', 'content'], path);
    if (turn['role'] === 'assistant') assistantTurn(turn['content'], `${path}.content`, list, reader);
    else if (turn['role'] === 'user') userTurn(turn['content'], `${path}.content`, list, reader);
    else if (turn['role'] === 'system') {
      list.add({
        role: 'system',
        content: plainContent(readBlocks(turn['content'], `${path}.content`, reader)),
      });
    } else reader.fail(`${path}.role`, 'has to be "user", "assistant" or "system"');
  });
  const messages = list.finish();
  if (messages.length === 0) reader.fail('messages', 'at least one message');
  return messages;
}

/** Tool results become separate messages; content between them keeps its position. */
function userTurn(content: unknown, path: string, list: MessageList, reader: Reader): void {
  if (!Array.isArray(content)) {
    list.add({ role: 'user', content: reader.needString(content, path) });
    return;
  }
  let parts: Part[] = [];
  const flush = () => {
    if (parts.length > 0) list.add({ role: 'user', content: plainContent(parts) });
    parts = [];
  };
  content.forEach((entry: unknown, index) => {
    const location = `${path}[${index}]`;
    const block = reader.needObject(entry, location);
    if (block['type'] !== 'tool_result') {
      parts.push(...readBlock(block, location, reader));
      return;
    }
    flush();
    reader.others(block, ['type', 'tool_use_id', 'content', 'is_error', 'cache_control'], location);
    const id = reader.needString(block['tool_use_id'], `${location}.tool_use_id`);
    const result = readBlocks(block['content'] ?? [], `${location}.content`, reader);
    list.result(id, result, { ...errorMark(block, reader), ...cacheMark(block, reader) });
  });
  flush();
}

function errorMark({ is_error }: JsonObject, reader: Reader): JsonObject {
  if (is_error !== true) return {};
  if (reader.isNative) return { is_error };
  reader.warn('`is_error` has no effect: say in the result’s text that the call failed');
  return {};
}

function assistantTurn(content: unknown, path: string, list: MessageList, reader: Reader): void {
  if (!Array.isArray(content)) {
    list.assistant(reader.needString(content, path));
    return;
  }
  const parts: Part[] = [];
  const calls: (() => void)[] = [];
  content.forEach((entry: unknown, index) => {
    const location = `${path}[${index}]`;
    const block = reader.needObject(entry, location);
    if (block['type'] === 'tool_use') calls.push(() => list.call(readCall(block, location, reader)));
    else parts.push(...assistantPart(block, location, list, reader));
  });
  if (parts.length > 0 || calls.length === 0) list.assistant(oneText(parts));
  for (const call of calls) call();
}

function assistantPart(block: JsonObject, path: string, list: MessageList, reader: Reader): Part[] {
  if (block['type'] === 'thinking') {
    if (reader.isNative) return signed(block, reader);
    list.reasoning(reader.string(block['thinking'], `${path}.thinking`) ?? '');
    return [];
  }
  if (block['type'] === 'redacted_thinking' && !reader.isNative) {
    reader.warn('redacted thinking was left out: only Anthropic reads it');
    return [];
  }
  return readBlock(block, path, reader);
}

/** Anthropic refuses a thinking block without its own signature; other providers' replies have none. */
function signed(block: JsonObject, reader: Reader): Part[] {
  if (typeof block['signature'] === 'string' && block['signature'] !== '') return [block as Part];
  reader.warn('thinking without a signature was left out: Anthropic refuses it');
  return [];
}

function readCall(block: JsonObject, path: string, reader: Reader) {
  const input = reader.object(block['input'], `${path}.input`) ?? {};
  // `caller` names the tool that called it; the model itself calls the caller's tools.
  reader.others(block, ['type', 'id', 'name', 'input', 'caller', 'extra_content'], path);
  return neutralCall(
    reader.needString(block['id'], `${path}.id`),
    reader.needString(block['name'], `${path}.name`),
    JSON.stringify(input),
    isObject(block['extra_content']) ? block['extra_content'] : undefined,
  );
}

/** Joins an assistant's plain text into one string, because not every provider accepts a list there. */
function oneText(parts: Part[]): string | Part[] {
  const isPlain = parts.every((part) => part.type === 'text' && Object.keys(part).length === 2);
  if (!isPlain || parts.length === 0) return plainContent(parts);
  return plainContent([textPart(parts.map((part) => String(part['text'])).join(''))]);
}
