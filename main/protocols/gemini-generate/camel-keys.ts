import type { JsonObject } from '../define.ts';

/** One level of an object with its keys in camelCase: the API takes both spellings. Values stay as they are. */
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
