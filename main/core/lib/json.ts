import { AppError } from './app-error.ts';

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * What `JSON.parse` complained of, without the piece of text that it quotes: that may be part of a key.
 * @param text what was parsed
 */
export function jsonProblem(error: unknown, text: string): string {
  const { message } = error as Error;
  const quoted = /, (?:\.\.\.)?"(.*)"(?:\.\.\.)? is not valid JSON$/s.exec(message);
  if (!quoted) return message;
  const line = text.slice(0, Math.max(0, text.indexOf(quoted[1] ?? ''))).split('\n').length;
  return `${message.slice(0, quoted.index)} near line ${line}`;
}

/**
 * Parses a body that a stranger wrote; an empty one counts as `{}`.
 * @throws AppError `invalid_request` with where it breaks
 */
export function parseUntrusted(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new AppError('invalid_request', `the body is not JSON: ${jsonProblem(error, text)}`);
  }
}

/** True for an object without fields. */
export function isEmpty(value: object): boolean {
  for (const _name in value) return false;
  return true;
}

/** `over` on top of `base`, objects merged key by key, anything else replaced. Neither is changed; `base` itself where nothing lies on it. */
export function deepMerge(base: JsonObject, over: JsonObject): JsonObject {
  if (isEmpty(over)) return base;
  const out: JsonObject = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const before = out[key];
    out[key] = isObject(before) && isObject(value) ? deepMerge(before, value) : value;
  }
  return out;
}
