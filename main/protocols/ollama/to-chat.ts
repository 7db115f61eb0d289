import type { AdapterName } from '../../../contract/provider.ts';
import type { Message } from '../../../contract/chat.ts';
import type { Call, Incoming, JsonObject, ProtocolChat } from '../define.ts';
import { functionTool } from '../shared/neutral-tools.ts';
import { ownFields } from '../shared/own-fields.ts';
import { newChat } from '../shared/params.ts';
import { Reader } from '../shared/reader.ts';
import { plainContent, textPart } from '../shared/message-list.ts';
import { chatFields, generateFields } from './fields.ts';
import { readImages } from './image.ts';
import { readMessages } from './input-messages.ts';
import { requestParams } from './request-params.ts';
import type { OllamaWanted } from './wanted.ts';

const nativeTo: readonly AdapterName[] = ['ollama'];

/** Converts the body of `POST /api/chat` to a chat. */
export function chatToChat(incoming: Incoming): Call<OllamaWanted> {
  const reader = new Reader(incoming, nativeTo);
  const body = reader.needObject(incoming.body, '');
  const native = reader.decide(body, chatFields);
  const messages = readMessages(body, reader);
  return newCall(body, messages, { ...native, ...readTools(body, reader) }, reader);
}

/** Converts the body of `POST /api/generate` to a chat: an optional system message and one user message. */
export function generateToChat(incoming: Incoming): Call<OllamaWanted> {
  const reader = new Reader(incoming, nativeTo);
  const body = reader.needObject(incoming.body, '');
  const native = reader.decide(body, generateFields);
  const system = reader.string(body['system'], 'system');
  const prompt = reader.string(body['prompt'], 'prompt') ?? '';
  const images = readImages(body['images'], 'images', reader);
  const messages: Message[] = [];
  if (prompt !== '' || images.length > 0) {
    if (system) messages.push({ role: 'system', content: system });
    const parts = [...(prompt === '' ? [] : [textPart(prompt)]), ...images];
    messages.push({ role: 'user', content: plainContent(parts) });
  }
  return newCall(body, messages, native, reader);
}

/** Streams unless the request says otherwise, which is Ollama's default. */
function newCall(
  body: JsonObject,
  messages: Message[],
  more: JsonObject,
  reader: Reader,
): Call<OllamaWanted> {
  const model = reader.string(body['model'], 'model');
  const stream = reader.boolean(body['stream'], 'stream') ?? true;
  const params = { ...more, ...requestParams(body, reader) };
  const chat: ProtocolChat = { ...newChat(model, messages, params, stream), ...ownFields(body, reader) };
  const wanted: OllamaWanted = { stream, model: model ?? '' };
  if (messages.length === 0) {
    const { keep_alive: keepAlive } = body;
    const leaves = keepAlive === 0 || (typeof keepAlive === 'string' && /^0+[a-zµ]*$/.test(keepAlive));
    return { chat, wanted: { ...wanted, load: leaves ? 'unload' : 'load' }, warnings: reader.warnings };
  }
  return { chat, wanted, warnings: reader.warnings };
}

function readTools(body: JsonObject, reader: Reader): JsonObject {
  const tools = (reader.list(body['tools'], 'tools') ?? []).map((entry, index) => {
    const path = `tools[${index}]`;
    const tool = reader.needObject(entry, path);
    if ((tool['type'] ?? 'function') !== 'function') reader.refuse(`${path}.type`, 'has to be "function"');
    const fn = reader.needObject(tool['function'], `${path}.function`);
    reader.others(tool, ['type', 'function'], path);
    reader.others(fn, ['name', 'description', 'parameters'], `${path}.function`);
    return functionTool({
      name: reader.needString(fn['name'], `${path}.function.name`),
      description: reader.string(fn['description'], `${path}.function.description`),
      parameters: reader.object(fn['parameters'], `${path}.function.parameters`),
    });
  });
  return tools.length > 0 ? { tools } : {};
}
