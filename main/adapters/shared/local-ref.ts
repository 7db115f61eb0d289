import type { JsonObject } from '../define.ts';
import { obj } from './read.ts';

/**
 * The target of a local reference (`#`, `#/$defs/name`) in `root`; undefined for any other reference or a
 * missing target.
 */
export function resolveLocal(ref: string, root: unknown): unknown {
  if (ref === '#') return root;
  if (!ref.startsWith('#/')) return undefined;
  let found: unknown = root;
  for (const step of ref.slice(2).split('/')) {
    const name = decode(step).replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(found)) found = found[Number(name)] as unknown;
    else found = ownField(obj(found), name);
  }
  return found;
}

function ownField(holder: JsonObject, name: string): unknown {
  return Object.hasOwn(holder, name) ? holder[name] : undefined;
}

function decode(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}
