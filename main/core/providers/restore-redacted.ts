import { isObject, type JsonObject } from '../lib/json.ts';

function fill(
  old: JsonObject,
  shown: JsonObject,
  next: JsonObject,
  path: string,
  forget: ReadonlySet<string>,
): JsonObject {
  const out = { ...next };
  for (const [name, value] of Object.entries(old)) {
    const at = path ? `${path}.${name}` : name;
    const stored = shown[name];
    if (stored === undefined) {
      if (!forget.has(at)) out[name] ??= value;
    } else if (isObject(value) && isObject(stored)) {
      const given = out[name];
      const inner = fill(value, stored, isObject(given) ? given : {}, at, forget);
      if (Object.keys(inner).length) out[name] = inner;
    }
  }
  return out;
}

/**
 * `next` with what the file has and nobody was shown: a form that never saw a header cannot take it away.
 * @param shown `old` as it was shown, without what was left out
 * @param forget places that are to go, as they were listed
 */
export function withheldBack<T extends object>(old: T, shown: T, next: T, forget: readonly string[]): T {
  return fill(old as JsonObject, shown as JsonObject, next as JsonObject, '', new Set(forget)) as T;
}
