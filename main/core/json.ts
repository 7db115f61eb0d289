import { AppError } from './app-error.ts';

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const forbidden = new Set(['__proto__', 'constructor', 'prototype']);
// One look at the text spares the walk for nearly every body; an escaped spelling (\u005f) is caught by the second.
const suspicious = /__proto__|constructor|prototype|\\u00/;

function findForbidden(value: unknown, path: string, depth: number): string | undefined {
  if (depth > 200) return `${path} (nested deeper than 200)`;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const found = findForbidden(value[i], `${path}[${i}]`, depth + 1);
      if (found) return found;
    }
  } else if (isObject(value)) {
    for (const key of Object.keys(value)) {
      if (forbidden.has(key)) return path ? `${path}.${key}` : key;
      const found = findForbidden(value[key], path ? `${path}.${key}` : key, depth + 1);
      if (found) return found;
    }
  }
  return undefined;
}

/**
 * Parses a body that a stranger wrote; an empty one counts as `{}`.
 * @throws AppError `invalid_request` with where it breaks, `forbidden_key` for keys that reach into prototypes
 */
export function parseUntrusted(text: string): unknown {
  if (text.trim() === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new AppError('invalid_request', `the body is not JSON: ${(error as Error).message}`);
  }
  if (suspicious.test(text)) {
    const found = findForbidden(value, '', 0);
    if (found) throw new AppError('forbidden_key', `the key "${found}" is not allowed in a body`);
  }
  return value;
}

/** `over` on top of `base`, objects merged key by key, anything else replaced. Neither is changed. */
export function deepMerge(base: JsonObject, over: JsonObject): JsonObject {
  const out: JsonObject = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const before = out[key];
    out[key] = isObject(before) && isObject(value) ? deepMerge(before, value) : value;
  }
  return out;
}
