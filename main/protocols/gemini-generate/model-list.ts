import type { JsonObject } from '../define.ts';

/** A model as Gemini's clients may call it. */
export interface GeminiModel {
  /** What a request names: `provider/model`, `module:NAME`, `stub`, a runtime adapter's id. */
  id: string;
  label?: string;
  description?: string;
  /** Tokens of context, and the most that a reply can have. */
  context?: number | null;
  maxOutput?: number | null;
}

/** `GET /v1beta/models`, all on one page: front ends check by it whether they are connected. */
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
