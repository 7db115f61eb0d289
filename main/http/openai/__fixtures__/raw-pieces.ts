import { plantedKey } from '../../../core/__fixtures__/chat-core.ts';

/** Unusual spaces, order, escapes and extra fields, which parsing and serializing would not preserve. */
export const oddJson = `{ "choices" :[{"message":{"content":"Gr\\u00fc\\u00dfe \\/ ☃","role":"assistant"},\t"finish_reason":"stop","index":0,
  "logprobs":null}],"x_groq":{"id":"req_1"},"created":1.0e9,"usage":{"prompt_tokens":11,"completion_tokens":5,"total_tokens":16,"queue_time":0.1}}\n`;

export const chunk = (delta: string, more = '') =>
  `{"id":"c-1","choices":[{"index":0,"delta":${delta},"finish_reason":null}]${more}}`;
export const role = `data: ${chunk('{"role":"assistant","content":""}', ',"usage":null')}\n\n`;
export const finish =
  'data: {"id":"c-1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null}\n\n';
export const usageOnly =
  'data: {"id":"c-1","choices":[ ],"usage":{"prompt_tokens":11,"completion_tokens":5,"total_tokens":16}}\n\n';
export const done = 'data: [DONE]\n\n';
export const hello = `data: ${chunk('{"content":"Hällo, \\u263a ☃"}', ',"usage":null')}\n\n`;

/** A key that a provider repeats, and its redacted form. */
export const leakedKey = plantedKey('openai_public');
export const leakedChunk = `data: ${chunk(`{"content":"${leakedKey}"}`)}\n\n`;
export const withoutKey = (text: string) => text.replace(leakedKey, `••••${leakedKey.slice(-4)}`);

/** The bytes of an answer, in hex. */
export const bytesOf = (reply: { text: string }) => Buffer.from(reply.text, 'utf8').toString('hex');
