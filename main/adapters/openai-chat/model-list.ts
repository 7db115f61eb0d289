import type { JsonObject, ListedModel, ModelList } from '../define.ts';
import { arr, isObject, num, obj, str } from '../shared/read.ts';

const perMillion = 1_000_000;

/**
 * `GET /models`, free of charge. Also reads what servers add to OpenAI's list: OpenAI `shutdown_date`,
 * OpenRouter `pricing` (USD per token, in strings) and `expiration_date`, vLLM `max_model_len`, Groq
 * `context_window`.
 */
export const modelList: ModelList = { path: '/models', fromResponse: readModelList };

/** The models of `{ data: [...] }` or a bare list; entries without an id are skipped. */
export function readModelList(json: unknown): ListedModel[] {
  const entries = Array.isArray(json) ? json : arr(obj(json).data);
  return entries.filter(isObject).flatMap((entry) => {
    const id = str(entry.id);
    return id ? [listedModel(id, entry)] : [];
  });
}

function listedModel(id: string, entry: JsonObject): ListedModel {
  const label = str(entry.name);
  const context = num(entry.context_length) ?? num(entry.max_model_len) ?? num(entry.context_window);
  const shutdown =
    day(entry.shutdown_date) ?? day(entry.expiration_date) ?? day(obj(entry.deprecation).inference);
  const pricing = prices(obj(entry.pricing));
  const parameters = arr(entry.supported_parameters).filter((name) => typeof name === 'string');
  return {
    id,
    ...(label && label !== id ? { label } : {}),
    ...(context ? { context } : {}),
    ...(shutdown ? { shutdown } : {}),
    ...(pricing ? { pricing } : {}),
    ...(parameters.length > 0 ? { supportedParameters: parameters } : {}),
  };
}

/** A date as `YYYY-MM-DD`, from a date string or from seconds since 1970 (Azure). */
function day(value: unknown): string | undefined {
  const seconds = num(value);
  if (seconds !== undefined && Math.abs(seconds) < 1e11) {
    return seconds > 0 ? new Date(seconds * 1000).toISOString().slice(0, 10) : undefined;
  }
  return /^\d{4}-\d{2}-\d{2}/.exec(str(value) ?? '')?.[0];
}

/** OpenRouter lists -1 for routers, whose price depends on the chosen model: that is not a price. */
function prices(pricing: JsonObject): ListedModel['pricing'] {
  const input = pricePerMillion(pricing.prompt);
  const output = pricePerMillion(pricing.completion);
  return input === undefined || output === undefined ? undefined : { input, output };
}

function pricePerMillion(value: unknown): number | undefined {
  const perToken = typeof value === 'string' && value.trim() !== '' ? Number(value) : num(value);
  if (perToken === undefined || !Number.isFinite(perToken) || perToken < 0) return undefined;
  // Rounded, so that 0.00000015 does not become 0.15000000000000002.
  return Number((perToken * perMillion).toPrecision(12));
}
