import type { JsonObject } from '../define.ts';

/** A model as Ollama's clients may call it. */
export interface OllamaModel {
  /** The id in a request: `provider/model`, `module:NAME`, `stub`, a runtime adapter's id. */
  id: string;
  label?: string;
  provider?: string;
  /** Context window in tokens. */
  context?: number | null;
  /** In addition to completion: `tools`, `vision`, `thinking`. */
  capabilities?: readonly string[];
}

/**
 * The Ollama release whose protocol this is. Clients refuse older ones; it is independent of our own version.
 */
export const ollamaVersion = '0.13.0';

/** The date is unknown: a registry does not record when a model file changed. */
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

/** The model named in `POST /api/show`; `name` is the older field. Empty if there is none. */
export function shownModel(body: unknown): string {
  const { model, name } = (typeof body === 'object' && body !== null ? body : {}) as JsonObject;
  return typeof model === 'string' && model !== '' ? model : typeof name === 'string' ? name : '';
}

/** `POST /api/show`. Clients read the context size and the capabilities. */
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
