import type { Message } from '../../../contract/chat.ts';
import type { JsonObject } from '../define.ts';
import { CallIds } from '../shared/call-ids.ts';
import { MessageList, plainContent, textPart, type Part } from '../shared/message-list.ts';
import { neutralCall } from '../shared/neutral-tools.ts';
import { isObject, type Reader } from '../shared/reader.ts';
import { readImages } from './image.ts';

const carried = ['role', 'content', 'images', 'tool_calls', 'tool_name', 'tool_call_id', 'thinking', 'name'];

/** The `messages` of `/api/chat`; empty if there are none. */
export function readMessages(body: JsonObject, reader: Reader): Message[] {
  const list = new MessageList(reader);
  const ids = new CallIds();
  (reader.list(body['messages'], 'messages') ?? []).forEach((entry, index) => {
    const path = `messages[${index}]`;
    readMessage(reader.needObject(entry, path), path, list, ids, reader);
  });
  return list.finish();
}

function readMessage(
  message: JsonObject,
  path: string,
  list: MessageList,
  ids: CallIds,
  reader: Reader,
): void {
  reader.others(message, carried, path);
  const { role } = message;
  const parts = contentParts(message, path, reader);
  if (role === 'system' || role === 'user') list.add({ role, content: plainContent(parts) });
  else if (role === 'assistant') assistantTurn(message, parts, path, list, ids, reader);
  else if (role === 'tool') {
    const name = reader.string(message['tool_name'] ?? message['name'], `${path}.tool_name`);
    const callId = reader.string(message['tool_call_id'], `${path}.tool_call_id`);
    const id =
      ids.answered(name, callId) ??
      reader.fail(path, 'answers no call: `tool_name` or `tool_call_id` names one');
    list.result(id, parts);
  } else reader.fail(`${path}.role`, 'has to be "system", "user", "assistant" or "tool"');
}

/** Text, then images: the protocol has them in separate fields. */
export function contentParts(message: JsonObject, path: string, reader: Reader): Part[] {
  const text = reader.string(message['content'], `${path}.content`) ?? '';
  return [
    ...(text === '' ? [] : [textPart(text)]),
    ...readImages(message['images'], `${path}.images`, reader),
  ];
}

function assistantTurn(
  message: JsonObject,
  parts: Part[],
  path: string,
  list: MessageList,
  ids: CallIds,
  reader: Reader,
): void {
  list.reasoning(reader.string(message['thinking'], `${path}.thinking`) ?? '');
  const calls = reader.list(message['tool_calls'], `${path}.tool_calls`) ?? [];
  if (parts.length > 0 || calls.length === 0) list.assistant(plainContent(parts));
  calls.forEach((entry, index) => {
    const location = `${path}.tool_calls[${index}]`;
    const call = reader.needObject(entry, location);
    const fn = reader.needObject(call['function'], `${location}.function`);
    const name = reader.needString(fn['name'], `${location}.function.name`);
    const args = fn['arguments'] ?? {};
    const text =
      typeof args === 'string' ? args : JSON.stringify(reader.object(args, `${location}.function.arguments`));
    const id = ids.next(name, reader.string(call['id'], `${location}.id`));
    list.call(
      neutralCall(id, name, text, isObject(call['extra_content']) ? call['extra_content'] : undefined),
    );
  });
}
