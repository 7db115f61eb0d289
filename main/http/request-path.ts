import { getPath } from 'hono/utils/url';

/**
 * A request target's path as the routes will read it: dot segments resolved, percent-encoding undone by the same
 * function. The guard decides on this one, or `/%72pc/…` would pass it and be served as `/rpc/…`.
 * null for a target that is no path: a whole URL, `*`, one with a backslash.
 */
export function routedPath(target: string): string | null {
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
