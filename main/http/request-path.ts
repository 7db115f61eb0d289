import { getPath } from 'hono/utils/url';

/** Nothing in it to resolve or to decode. */
const plain = /^(?:\/[\w-]+)+$/;

/**
 * A request target's path as the routes will read it: dot segments resolved, percent-encoding undone by the same
 * function. The guard decides on this one, or `/%72pc/…` would pass it and be served as `/rpc/…`.
 * null for a target that is no path: a whole URL, `*`, one with a backslash.
 */
export function routedPath(target: string): string | null {
  if (plain.test(target)) return target;
  const end = target.search(/[?#]/);
  const path = end < 0 ? target : target.slice(0, end);
  if (!path.startsWith('/') || path.includes('\\')) return null;
  try {
    // getPath reads nothing of a request but its URL.
    return getPath({ url: new URL(`http://localhost${path}`).href } as Request);
  } catch {
    return null;
  }
}
