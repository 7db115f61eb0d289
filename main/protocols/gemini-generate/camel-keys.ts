import type { JsonObject } from '../define.ts';

/**
 * Converts one level of an object's keys to camelCase, because the API accepts both spellings. Values stay
 * unchanged.
 */
export function camelKeys(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key.replace(
        /([a-z0-9])_([a-z])/g,
        (_, before: string, letter: string) => before + letter.toUpperCase(),
      ),
      entry,
    ]),
  );
}
