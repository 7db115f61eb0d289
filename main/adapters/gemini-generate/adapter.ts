import type { Adapter } from '../define.ts';
import { num, obj } from '../shared/read.ts';
import { toError } from './errors.ts';
import { modelList } from './model-list.ts';
import { toRequest } from './request.ts';
import { fromResponse } from './response.ts';
import { fromStreamEvent, newStream, type GeminiStream } from './stream.ts';

/**
 * Google's Gemini API (`POST {base}/models/{model}:generateContent`, the base ends in `/v1beta`).
 * Settings: `schema_field` (`responseJsonSchema`, the default, or `responseSchema`) and `thought_signatures`
 * (`as_given` sends none that the caller did not give; see `thought-signatures.ts`).
 * Source: https://ai.google.dev/api/generate-content
 */
export const geminiGenerate: Adapter<GeminiStream> = {
  wire: 'gemini-generate',
  framing: 'sse',
  capabilities: { structuredOutput: 'json_schema', tools: true, images: true, stream: true },
  auth: { header: 'x-goog-api-key', prefix: '' },
  modelList,
  maxTokensIn(body) {
    const config = obj(body.generationConfig ?? body.generation_config);
    return num(config.maxOutputTokens ?? config.max_output_tokens);
  },
  toRequest,
  fromResponse,
  newStream,
  fromStreamEvent,
  toError,
};
