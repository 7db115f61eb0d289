import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Hono } from 'hono';
import type { Metrics } from '../core/metrics/metrics.ts';
import type { Core } from '../core/services.ts';
import { answerBytes } from './answer.ts';
import { contextOf, type Env } from './http-context.ts';
import { openAiPaths } from './openai/routes.ts';
import { documentPaths } from './openapi/routes.ts';
import { routes } from './routes.ts';
import { openStreams } from './sse-response.ts';

export const metricsPath = '/metrics';
const contentType = 'text/plain; version=0.0.4; charset=utf-8';

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

/** `GET /metrics`. */
export function addMetrics(app: Hono<Env>, core: Core, openRequests: () => number): void {
  app.get(metricsPath, async (c) => {
    const { incoming, outgoing } = c.env;
    const { requestId } = contextOf(incoming, outgoing);
    const text = await core.metrics.text({ openRequests: openRequests(), openStreams: openStreams.size });
    answerBytes(outgoing, 200, Buffer.from(text), requestId, { 'content-type': contentType });
    return RESPONSE_ALREADY_SENT;
  });
}
