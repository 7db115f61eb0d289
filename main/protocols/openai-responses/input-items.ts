import type { Message } from '../../../contract/chat.ts';
import type { Incoming, JsonObject } from '../define.ts';
import { MessageList, plainContent, textPart, type Part } from '../shared/message-list.ts';
import { neutralCall } from '../shared/neutral-tools.ts';
import { isObject, type Reader } from '../shared/reader.ts';
import { readContent } from './content.ts';

const notStored =
  'items of earlier replies are not stored here: send the item itself (in the AI SDK: `providerOptions: { openai: { store: false } }`)';

/** Converts `instructions` and `input` to neutral messages. */
export function readInput(body: JsonObject, reader: Reader, itemById: Incoming['itemById']): Message[] {
  const list = new MessageList(reader);
  const instructions = reader.string(body['instructions'], 'instructions');
  if (instructions) list.add({ role: 'system', content: instructions });
  const { input } = body;
  if (typeof input === 'string') list.add({ role: 'user', content: input });
  else {
    const items = reader.list(input, 'input') ?? [];
    items.forEach((item, index) => {
      const path = `input[${index}]`;
      readItem(reader.needObject(item, path), path, list, reader, itemById);
    });
  }
  const messages = list.finish();
  if (messages.length === 0) reader.fail('input', 'is required: a text, or a list of items');
  return messages;
}

/** The supported fields of an item. Ids and states of earlier replies have no effect. */
const carried = new Map([
  ['message', ['type', 'id', 'status', 'role', 'content']],
  ['reasoning', ['type', 'id', 'status', 'summary', 'content', 'encrypted_content']],
  ['function_call', ['type', 'id', 'status', 'call_id', 'name', 'arguments', 'extra_content']],
  ['function_call_output', ['type', 'id', 'status', 'call_id', 'output']],
]);

function readItem(
  item: JsonObject,
  path: string,
  list: MessageList,
  reader: Reader,
  itemById: Incoming['itemById'],
): void {
  const type = reader.string(item['type'], `${path}.type`) ?? 'message';
  const fields = carried.get(type);
  if (fields) reader.others(item, fields, path);
  switch (type) {
    case 'message':
      return message(item, path, list, reader);
    case 'reasoning':
      return list.reasoning(reasoningText(item, path, reader));
    case 'function_call':
      return list.call(
        neutralCall(
          reader.needString(item['call_id'], `${path}.call_id`),
          reader.needString(item['name'], `${path}.name`),
          reader.string(item['arguments'], `${path}.arguments`) ?? '',
          isObject(item['extra_content']) ? item['extra_content'] : undefined,
        ),
      );
    case 'function_call_output':
      return list.result(
        reader.needString(item['call_id'], `${path}.call_id`),
        readContent(item['output'], `${path}.output`, reader),
      );
    case 'item_reference': {
      const found = itemById?.(reader.needString(item['id'], `${path}.id`));
      if (!found || found['type'] === 'item_reference') return reader.refuse(path, notStored);
      return readItem(found, path, list, reader, itemById);
    }
    default:
      return reader.refuse(
        `${path}.type`,
        `an item of type "${type}" cannot be carried: it belongs to a hosted tool`,
      );
  }
}

const roles = ['system', 'developer', 'user', 'assistant'] as const;

function message(item: JsonObject, path: string, list: MessageList, reader: Reader): void {
  const role = roles.find((known) => known === item['role']);
  if (role === undefined) reader.fail(`${path}.role`, `has to be one of ${roles.join(', ')}`);
  const content = plainContent(assistantText(role, readContent(item['content'], `${path}.content`, reader)));
  if (role === 'assistant') list.assistant(content);
  else list.add({ role, content });
}

/** Joins an assistant's text into one string, because not every provider accepts a list there. */
function assistantText(role: string, parts: Part[]): Part[] {
  if (role !== 'assistant' || !parts.every(({ type }) => type === 'text')) return parts;
  return parts.length === 0 ? parts : [textPart(parts.map((part) => String(part['text'])).join(''))];
}

/** The readable part of a reasoning item. Only OpenAI's own route can read the encrypted part. */
function reasoningText(item: JsonObject, path: string, reader: Reader): string {
  const texts = ['content', 'summary'].map((name) =>
    readContent(item[name], `${path}.${name}`, reader)
      .map((part) => String(part['text'] ?? ''))
      .join('\n\n'),
  );
  const text = texts.find((found) => found !== '') ?? '';
  if (text === '' && typeof item['encrypted_content'] === 'string') {
    reader.warn('encrypted reasoning items were left out: only OpenAI’s own Responses route reads them');
  }
  return text;
}
