import type { JsonObject } from '../define.ts';

/** Lenient guards for what a provider or a caller may have put: wrong types read as absent, nothing throws. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object, `{}` when it is none. */
export function obj(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** A string, also an empty one; undefined for anything else. */
export function str(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A finite number; undefined for anything else (numbers in strings are not read). */
export function num(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The value as a list, `[]` when it is none. */
export function arr(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Parsed JSON, or undefined for text that is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
