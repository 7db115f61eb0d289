import type { Call, Incoming, JsonObject, ProtocolChat, Wanted } from '../define.ts';
import { ownFields } from '../shared/own-fields.ts';
import { newChat, tokenLimit } from '../shared/params.ts';
import { Reader } from '../shared/reader.ts';
import { samplers } from '../shared/samplers.ts';
import { completionsFields, samplerNames } from './fields.ts';

export interface CompletionsWanted extends Wanted {
  /** Whether a stream ends with the token counts. */
  usage: boolean;
}

/** Converts the body of `POST /v1/completions` to a chat: the prompt is one user message. */
export function toChat(incoming: Incoming): Call<CompletionsWanted> {
  const reader = new Reader(incoming, ['openai', 'azure_openai', 'openai_compat', 'lmstudio', 'openrouter']);
  const body = reader.needObject(incoming.body, '');
  const native = reader.decide(body, completionsFields);
  const model = reader.string(body['model'], 'model');
  const stream = reader.boolean(body['stream'], 'stream') ?? false;
  const options = reader.object(body['stream_options'], 'stream_options') ?? {};
  const params: JsonObject = {
    ...native,
    ...tokenLimit(reader.number(body['max_tokens'], 'max_tokens')),
    temperature: reader.number(body['temperature'], 'temperature'),
    top_p: reader.number(body['top_p'], 'top_p'),
    frequency_penalty: reader.number(body['frequency_penalty'], 'frequency_penalty'),
    presence_penalty: reader.number(body['presence_penalty'], 'presence_penalty'),
    seed: reader.number(body['seed'], 'seed'),
    stop: reader.strings(body['stop'], 'stop'),
    user: reader.string(body['user'], 'user'),
    ...samplers(body, samplerNames, reader),
  };
  const messages = [{ role: 'user' as const, content: readPrompt(body['prompt'], reader) }];
  const chat: ProtocolChat = { ...newChat(model, messages, params, stream), ...ownFields(body, reader) };
  const usage = reader.boolean(options['include_usage'], 'stream_options.include_usage') ?? false;
  return { chat, wanted: { stream, model: model ?? '', usage }, warnings: reader.warnings };
}

function readPrompt(prompt: unknown, reader: Reader): string {
  if (!Array.isArray(prompt)) return reader.needString(prompt, 'prompt');
  const [only, ...more] = prompt as unknown[];
  if (typeof only === 'number' || Array.isArray(only)) {
    reader.refuse('prompt', 'tokens cannot be sent to other models: give the text');
  }
  if (more.length > 0) reader.refuse('prompt', 'one prompt is taken a request: send them one by one');
  return reader.needString(only, 'prompt[0]');
}
