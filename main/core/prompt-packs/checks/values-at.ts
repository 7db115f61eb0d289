import { isObject } from '../../lib/json.ts';

/**
 * The values at a path such as `beats[].speaker`; an empty path is the whole value. undefined if the path
 * does not exist; an empty list gives no values, which is different.
 */
export function valuesAt(root: unknown, path: string): unknown[] | undefined {
  if (path === '') return root === undefined ? undefined : [root];
  let nodes: unknown[] = [root];
  for (const part of path.split('.')) {
    const name = part.replace('[]', '');
    const found = nodes.flatMap((node) => (isObject(node) && Object.hasOwn(node, name) ? [node[name]] : []));
    if (nodes.length > 0 && found.length === 0) return undefined;
    if (part.endsWith('[]') && found.some((value) => !Array.isArray(value))) return undefined;
    nodes = part.endsWith('[]') ? found.flat() : found;
  }
  return nodes;
}

/** The texts among the values at a path. */
export function textsAt(root: unknown, path: string): string[] | undefined {
  return valuesAt(root, path)?.filter((value) => typeof value === 'string');
}
