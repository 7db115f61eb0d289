import type { Protocol } from '../define.ts';
import { toError } from './errors.ts';
import { generateFields } from './fields.ts';
import { fromAnswer } from './reply.ts';
import { GeminiStream } from './stream.ts';
import { toChat, type GeminiWanted } from './to-chat.ts';

/** Gemini's generateContent. The URL names the model, and whether the reply is a stream. */
export const geminiGenerate: Protocol<GeminiWanted> = {
  name: 'gemini-generate',
  routes: ['/v1beta/models/:target{.+}'],
  showsRefusals: true,
  fields: generateFields,
  toChat,
  framing: ({ sse }) => (sse ? 'sse' : 'json-array'),
  fromAnswer,
  newStream: (meta) => new GeminiStream(meta),
  toError,
};
