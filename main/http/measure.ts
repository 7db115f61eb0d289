import type { Metrics } from '../core/app/metrics/metrics.ts';
import { documentPaths, metricsPath, openAiPaths, routes } from './routes.ts';

const fixed = new Set<string>([metricsPath, ...openAiPaths, ...documentPaths]);
const patterns = [...new Set(routes.map(({ path }) => path))].map((path) => ({
  route: path,
  matches: new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`),
}));
const methods = new Set(['GET', 'POST', 'DELETE', 'OPTIONS']);

/** The route that a path belongs to, as a label: never the path itself, which a caller chooses. */
function routeOf(path: string): string {
  if (fixed.has(path)) return path;
  if (path.startsWith('/v1/models/')) return '/v1/models/:id';
  if (path.startsWith('/rpc/')) return '/rpc';
  return patterns.find(({ matches }) => matches.test(path))?.route ?? 'other';
}

/** Counts one request whose answer is over. */
export function measure(metrics: Metrics, method: string, path: string, status: number, ms: number): void {
  metrics.request(methods.has(method) ? method : 'other', routeOf(path), status, ms);
}
