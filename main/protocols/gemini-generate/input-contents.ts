import type { Message } from '../../../contract/chat.ts';
import type { JsonObject } from '../define.ts';
import { CallIds } from '../shared/call-ids.ts';
import { MessageList, plainContent, textPart, type Part } from '../shared/message-list.ts';
import { neutralCall } from '../shared/neutral-tools.ts';
import type { Reader } from '../shared/reader.ts';
import { camelKeys } from './camel-keys.ts';
import { mediaPart } from './parts.ts';

/** Converts `systemInstruction` and `contents` to neutral messages. `body` has its keys in camelCase. */
export function readContents(body: JsonObject, reader: Reader): Message[] {
  const list = new MessageList(reader);
  const ids = new CallIds();
  const system = systemText(body['systemInstruction'], reader);
  if (system !== '') list.add({ role: 'system', content: system });
  const contents = reader.list(body['contents'], 'contents') ?? reader.fail('contents', 'is required');
  contents.forEach((entry, index) => {
    const path = `contents[${index}]`;
    const content = reader.needObject(entry, path);
    const { role = 'user', parts } = content;
    reader.others(content, ['role', 'parts'], path);
    const located = (reader.list(parts, `${path}.parts`) ?? []).map((part, location) => {
      const where = `${path}.parts[${location}]`;
      const keys = camelKeys(reader.needObject(part, where));
      if (carried.some((name) => keys[name] !== undefined)) reader.others(keys, carried, where);
      return { part: keys, path: where };
    });
    if (role === 'model') modelTurn(located, list, ids, reader);
    else if (role === 'user' || role === 'function') userTurn(located, list, ids, reader);
    else reader.fail(`${path}.role`, 'has to be "user" or "model"');
  });
  const messages = list.finish();
  if (messages.length === 0) reader.fail('contents', 'at least one turn');
  return messages;
}

/** The supported fields of a part. A part with none of these is refused when it is read. */
const carried = [
  'text',
  'thought',
  'thoughtSignature',
  'inlineData',
  'fileData',
  'functionCall',
  'functionResponse',
];

type LocatedPart = { part: JsonObject; path: string };

/** A text, or a `Content`. */
function systemText(value: unknown, reader: Reader): string {
  if (typeof value === 'string') return value;
  const content = reader.object(value, 'systemInstruction') ?? {};
  const texts = (reader.list(content['parts'], 'systemInstruction.parts') ?? []).map((part, index) => {
    const path = `systemInstruction.parts[${index}]`;
    return reader.needString(reader.needObject(part, path)['text'], `${path}.text`);
  });
  return texts.join('\n');
}

function userTurn(located: LocatedPart[], list: MessageList, ids: CallIds, reader: Reader): void {
  let parts: Part[] = [];
  const flush = () => {
    if (parts.length > 0) list.add({ role: 'user', content: plainContent(parts) });
    parts = [];
  };
  for (const { part, path } of located) {
    const result = reader.object(part['functionResponse'], `${path}.functionResponse`);
    if (!result) {
      parts.push(mediaPart(part, path, reader));
      continue;
    }
    flush();
    addResult(camelKeys(result), `${path}.functionResponse`, list, ids, reader);
  }
  flush();
}

/** Gemini before version 3 identifies results by function name, not by id. */
function addResult(result: JsonObject, path: string, list: MessageList, ids: CallIds, reader: Reader): void {
  reader.others(result, ['id', 'name', 'response', 'parts'], path);
  const name = reader.needString(result['name'], `${path}.name`);
  const id = ids.answered(name, reader.string(result['id'], `${path}.id`));
  if (id === undefined) reader.fail(path, `answers no call: no open call of "${name}" stands before it`);
  const media = (reader.list(result['parts'], `${path}.parts`) ?? []).map((part, index) => {
    const location = `${path}.parts[${index}]`;
    return mediaPart(camelKeys(reader.needObject(part, location)), location, reader);
  });
  list.result(id, [
    textPart(JSON.stringify(reader.object(result['response'], `${path}.response`) ?? {})),
    ...media,
  ]);
}

function modelTurn(located: LocatedPart[], list: MessageList, ids: CallIds, reader: Reader): void {
  const parts: Part[] = [];
  const calls: (() => void)[] = [];
  for (const { part, path } of located) {
    const call = reader.object(part['functionCall'], `${path}.functionCall`);
    const signature = reader.string(part['thoughtSignature'], `${path}.thoughtSignature`);
    if (call) calls.push(() => addCall(call, path, signature, list, ids, reader));
    else if (part['thought'] === true) list.reasoning(reader.string(part['text'], `${path}.text`) ?? '');
    else {
      if (signature !== undefined)
        reader.warn('`thoughtSignature` is carried with calls only: on text it was left out');
      if (part['text'] !== '') parts.push(mediaPart(part, path, reader));
    }
  }
  const isText = parts.every(({ type }) => type === 'text');
  const content = isText ? parts.map((part) => String(part['text'])).join('') : plainContent(parts);
  if (parts.length > 0 || calls.length === 0) list.assistant(content);
  for (const call of calls) call();
}

function addCall(
  call: JsonObject,
  path: string,
  signature: string | undefined,
  list: MessageList,
  ids: CallIds,
  reader: Reader,
): void {
  reader.others(call, ['id', 'name', 'args'], `${path}.functionCall`);
  const name = reader.needString(call['name'], `${path}.functionCall.name`);
  const args = reader.object(call['args'], `${path}.functionCall.args`) ?? {};
  const id = ids.next(name, reader.string(call['id'], `${path}.functionCall.id`));
  // In the format of Google's OpenAI endpoint, which is the neutral one.
  const extra = signature === undefined ? undefined : { google: { thought_signature: signature } };
  list.call(neutralCall(id, name, JSON.stringify(args), extra));
}
