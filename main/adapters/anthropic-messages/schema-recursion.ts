import type { JsonObject } from '../define.ts';
import { isObject, str } from '../shared/read.ts';

/** Whether a schema's local references form a cycle (`#` always does). */
export function isRecursive(schema: JsonObject): boolean {
  const done = new Set<string>();
  const visit = (ref: string, trail: string[]): boolean => {
    if (trail.includes(ref)) return true;
    if (done.has(ref)) return false;
    const found = refsIn(at(schema, ref)).some((next) => visit(next, [...trail, ref]));
    done.add(ref);
    return found;
  };
  return refsIn(schema).some((ref) => ref === '#' || visit(ref, []));
}

function refsIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(refsIn);
  if (!isObject(node)) return [];
  const ref = str(node.$ref);
  return [...(ref === undefined ? [] : [ref]), ...Object.values(node).flatMap(refsIn)];
}

/** The target of a local reference (`#/$defs/Place`). */
function at(schema: JsonObject, ref: string): unknown {
  const keys = ref.startsWith('#/') ? ref.slice(2).split('/') : [];
  return keys.reduce<unknown>(
    (node, key) => (isObject(node) ? node[key.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined),
    schema,
  );
}
