import type { JsonObject } from '../define.ts';

/** A model as Gemini's clients may call it. */
export interface GeminiModel {
  /** The id in a request: `provider/model`, `module:NAME`, `stub`, a runtime adapter's id. */
  id: string;
  label?: string;
  description?: string;
  /** Context size and maximum reply length, in tokens. */
  context?: number | null;
  maxOutput?: number | null;
}

/** `GET /v1beta/models`, all on one page: front ends use it to check their connection. */
export function modelsBody(models: readonly GeminiModel[]): JsonObject {
  return { models: models.map(modelBody) };
}

/** `GET /v1beta/models/{id}` */
export function modelBody({ id, label, description, context, maxOutput }: GeminiModel): JsonObject {
  return {
    name: `models/${id}`,
    baseModelId: id,
    version: '',
    displayName: label ?? id,
    description: description ?? '',
    ...(context ? { inputTokenLimit: context } : {}),
    ...(maxOutput ? { outputTokenLimit: maxOutput } : {}),
    supportedGenerationMethods: ['generateContent', 'streamGenerateContent', 'countTokens'],
  };
}
