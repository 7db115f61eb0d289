import type { JsonObject } from '../define.ts';
import { resolveLocal } from '../shared/local-ref.ts';
import { arr, isObject, str } from '../shared/read.ts';
import type { Search } from './search.ts';

/** A conjunction of schemas, split up. */
export interface Flat {
  /** Schemas with plain keywords only, without references, `allOf` or alternatives. */
  plain: JsonObject[];
  /** From each group one schema has to hold as well. */
  choices: unknown[][];
  /** References that lead here, for the recursion guard. */
  open: readonly string[];
}

/**
 * Resolves references and `allOf`. null if no value can fit: `false`, or a reference nested too deeply in
 * itself.
 */
export function flatten(schemas: readonly unknown[], open: readonly string[], search: Search): Flat | null {
  const flat: Flat = { plain: [], choices: [], open };
  const opened: string[] = [];
  const waiting = [...schemas];
  while (waiting.length > 0) {
    search.spend();
    const schema = waiting.shift();
    if (schema === true) continue;
    if (!isObject(schema)) return null;
    const { $ref, allOf, anyOf, oneOf, if: when, then, else: otherwise, ...plain } = schema;
    flat.plain.push(plain);
    waiting.push(...arr(allOf));
    if (anyOf !== undefined) flat.choices.push(arr(anyOf));
    if (oneOf !== undefined) flat.choices.push(arr(oneOf));
    if (when !== undefined) flat.choices.push([otherwise ?? true, { allOf: [when, then ?? true] }]);
    const ref = str($ref);
    if (ref === undefined || opened.includes(ref)) continue;
    if (open.filter((other) => other === ref).length >= search.recursion) return null;
    opened.push(ref);
    waiting.push(resolveLocal(ref, search.root) ?? false);
  }
  return { ...flat, open: [...open, ...opened] };
}
