import type { Adapter } from '../define.ts';
import { toError } from './errors.ts';
import { billing } from './billing.ts';
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
  protocol: 'gemini-generate',
  framing: 'sse',
  capabilities: { structuredOutput: 'json_schema', tools: true, images: true, stream: true },
  auth: { header: 'x-goog-api-key', prefix: '' },
  modelList,
  billing,
  toRequest,
  fromResponse,
  newStream,
  fromStreamEvent,
  toError,
};
