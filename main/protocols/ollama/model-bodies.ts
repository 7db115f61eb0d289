import type { JsonObject } from '../define.ts';

/** A model as Ollama's clients may call it. */
export interface OllamaModel {
  /** What a request names: `provider/model`, `module:NAME`, `stub`, a runtime adapter's id. */
  id: string;
  label?: string;
  provider?: string;
  /** Context window in tokens. */
  context?: number | null;
  /** Beside completion: `tools`, `vision`, `thinking`. */
  capabilities?: readonly string[];
}

/** The release of Ollama whose protocol this is. Clients refuse older ones; our own version is another matter. */
export const ollamaVersion = '0.13.0';

/** No date is known: a registry says what a model is, not when a file changed. */
const noDate = '1970-01-01T00:00:00Z';

function details({ provider = '' }: OllamaModel): JsonObject {
  return {
    parent_model: '',
    format: '',
    family: provider,
    families: provider === '' ? [] : [provider],
    parameter_size: '',
    quantization_level: '',
  };
}

function listed(model: OllamaModel): JsonObject {
  return { name: model.id, model: model.id, size: 0, digest: '', details: details(model) };
}

/** `GET /api/tags` */
export function tagsBody(models: readonly OllamaModel[]): JsonObject {
  return { models: models.map((model) => ({ ...listed(model), modified_at: noDate })) };
}

/** `GET /api/ps`: the models that are loaded now. `expiresAt` is an ISO 8601 date. */
export function psBody(models: readonly (OllamaModel & { expiresAt?: string })[] = []): JsonObject {
  return {
    models: models.map((model) => ({
      ...listed(model),
      expires_at: model.expiresAt ?? noDate,
      size_vram: 0,
    })),
  };
}

/** `GET /api/version` */
export function versionBody(): JsonObject {
  return { version: ollamaVersion };
}

/** The model that `POST /api/show` asks for; `name` is its older field. Empty where none is named. */
export function shownModel(body: unknown): string {
  const { model, name } = (typeof body === 'object' && body !== null ? body : {}) as JsonObject;
  return typeof model === 'string' && model !== '' ? model : typeof name === 'string' ? name : '';
}

/** `POST /api/show`. Clients read the context window and what the model can do. */
export function showBody(model: OllamaModel): JsonObject {
  const architecture = model.provider ?? 'unknown';
  return {
    license: '',
    modelfile: '',
    parameters: '',
    template: '{{ .Prompt }}',
    details: details(model),
    model_info: {
      'general.architecture': architecture,
      'general.basename': model.label ?? model.id,
      ...(model.context ? { [`${architecture}.context_length`]: model.context } : {}),
    },
    capabilities: ['completion', ...(model.capabilities ?? [])],
    modified_at: noDate,
  };
}
