import type { Adapter, ListedModel, ModelList } from '../define.ts';
import { toError } from './errors.ts';
import { billing } from './billing.ts';
import { toRequest } from './request.ts';
import { fromResponse } from './response.ts';
import { fromStreamEvent, newStream, type GeminiStream } from './stream.ts';
import { arr, num, obj, str } from '../shared/read.ts';

/** Models that can chat; the list also has embeddings and image makers. Source: https://ai.google.dev/api/models */
export const modelList: ModelList = {
  path: '/models',
  query: { pageSize: '1000' },
  fromResponse(json) {
    return arr(obj(json).models).flatMap((entry): ListedModel[] => {
      const model = obj(entry);
      const name = str(model.name);
      if (name === undefined || !arr(model.supportedGenerationMethods).includes('generateContent')) return [];
      const label = str(model.displayName);
      const context = num(model.inputTokenLimit);
      return [
        {
          id: name.replace(/^models\//, ''),
          ...(label === undefined ? {} : { label }),
          ...(context === undefined ? {} : { context }),
        },
      ];
    });
  },
};

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
