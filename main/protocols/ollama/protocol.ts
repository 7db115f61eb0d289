import type { Protocol } from '../define.ts';
import { toError } from './errors.ts';
import { chatFields, generateFields } from './fields.ts';
import { chatShape, generateShape, wholeReply } from './reply.ts';
import { OllamaStream } from './stream.ts';
import { chatToChat, generateToChat } from './to-chat.ts';
import type { OllamaWanted } from './wanted.ts';

/** Ollama's chat. If `wanted.load` is set, answer with `loadBody(meta, chatShape)`. */
export const ollamaChat: Protocol<OllamaWanted> = {
  name: 'ollama-chat',
  routes: ['/api/chat'],
  showsRefusals: false,
  fields: chatFields,
  toChat: chatToChat,
  framing: () => 'ndjson',
  fromAnswer: (answer, meta) => wholeReply(answer, meta, chatShape),
  newStream: (meta) => new OllamaStream(meta, chatShape),
  toError,
};

/** Ollama's single prompts. If `wanted.load` is set, answer with `loadBody(meta, generateShape)`. */
export const ollamaGenerate: Protocol<OllamaWanted> = {
  ...ollamaChat,
  name: 'ollama-generate',
  routes: ['/api/generate'],
  fields: generateFields,
  toChat: generateToChat,
  fromAnswer: (answer, meta) => wholeReply(answer, meta, generateShape),
  newStream: (meta) => new OllamaStream(meta, generateShape),
};
