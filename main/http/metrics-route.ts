import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Hono } from 'hono';
import type { Core } from '../core/app/services.ts';
import { answerBytes } from './answer.ts';
import { contextOf, type Env } from './http-context.ts';
import { metricsPath } from './routes.ts';
import { openStreams } from './sse-response.ts';

const contentType = 'text/plain; version=0.0.4; charset=utf-8';

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
