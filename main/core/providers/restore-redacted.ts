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
      const current = out[name];
      const inner = fill(value, stored, isObject(current) ? current : {}, at, forget);
      if (Object.keys(inner).length) out[name] = inner;
    }
  }
  return out;
}

/**
 * Adds the hidden fields of the file to `next`, because a form that never saw a header must not remove it.
 * @param shown `old` as it was shown, without the hidden fields
 * @param forget hidden fields to remove, by their listed path
 */
export function restoreRedacted<T extends object>(old: T, shown: T, next: T, forget: readonly string[]): T {
  return fill(old as JsonObject, shown as JsonObject, next as JsonObject, '', new Set(forget)) as T;
}
