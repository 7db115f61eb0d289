import { AppError } from './app-error.ts';

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The error message of `JSON.parse` without the text that it quotes, which may be part of a key.
 * @param text the parsed text
 */
export function jsonProblem(error: unknown, text: string): string {
  const { message } = error as Error;
  const quoted = /, (?:\.\.\.)?"(.*)"(?:\.\.\.)? is not valid JSON$/s.exec(message);
  if (!quoted) return message;
  const line = text.slice(0, Math.max(0, text.indexOf(quoted[1] ?? ''))).split('\n').length;
  return `${message.slice(0, quoted.index)} near line ${line}`;
}

/**
 * Parses an untrusted body; an empty one counts as `{}`.
 * @throws AppError `invalid_request` with the position of the error
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

/**
 * Merges `overrides` into a copy of `base`: objects key by key, other values replaced. Returns `base` itself if
 * `overrides` is empty.
 */
export function deepMerge(base: JsonObject, overrides: JsonObject): JsonObject {
  if (isEmpty(overrides)) return base;
  const out: JsonObject = { ...base };
  for (const [key, value] of Object.entries(overrides)) {
    const before = out[key];
    out[key] = isObject(before) && isObject(value) ? deepMerge(before, value) : value;
  }
  return out;
}
