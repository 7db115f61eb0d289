import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono, type Context } from 'hono';
import { AppError } from '../core/lib/app-error.ts';
import { nearest } from '../core/lib/suggest.ts';
import type { Shell } from '../core/app/panel-page.ts';
import type { Core } from '../core/app/services.ts';
import { contextOf, type Env } from './http-context.ts';
import { addMetrics } from './metrics-route.ts';
import { answerErrorAt } from './openai/error.ts';
import { addOpenAi } from './openai/routes.ts';
import { addDocuments } from './openapi/routes.ts';
import { documentPaths, metricsPath, openAiPaths, routes, type Route } from './routes.ts';
import { addRpc } from './rpc.ts';
import { serve } from './serve.ts';
import { serveShell } from './static.ts';

async function serveRoute(core: Core, route: Route, c: Context<Env>): Promise<Response> {
  const said = { params: c.req.param(), query: c.req.query() };
  await serve(core, route, c.env.incoming, c.env.outgoing, said);
  return RESPONSE_ALREADY_SENT;
}

/** Methods each known path takes, for telling 405 from 404. */
function methodsAt(app: Hono<Env>, path: string): string[] {
  return ['GET', 'POST', 'DELETE'].filter((method) => app.router.match(method, path)[0].length > 0);
}

function unknownRoute(path: string): AppError {
  const near = nearest(path, [
    ...routes.map((route) => route.path),
    ...openAiPaths,
    ...documentPaths,
    metricsPath,
  ]);
  return new AppError(
    'unknown_route',
    `there is no ${path.slice(0, 200)}${near ? `; did you mean ${near}?` : ''}`,
  );
}

/** Every route over the core: API.md's, the panel's operations, the panel's files. */
export function createApp(core: Core, shell: Shell | null, openRequests: () => number): Hono<Env> {
  const app = new Hono<Env>();
  for (const route of routes) app.on(route.method, route.path, (c) => serveRoute(core, route, c));
  addOpenAi(app, core);
  addDocuments(app, core);
  addMetrics(app, core, openRequests);
  if (shell) addRpc(app, core);
  if (shell) serveShell(app, shell);

  app.notFound((c) => {
    const context = contextOf(c.env.incoming, c.env.outgoing);
    const methods = methodsAt(app, c.req.path);
    const error = methods.length
      ? new AppError(
          'method_not_allowed',
          `${c.req.method} is not for ${c.req.path}; it takes ${methods.join(', ')}`,
        )
      : unknownRoute(c.req.path);
    const allow: Record<string, string> = methods.length ? { allow: methods.join(', ') } : {};
    answerErrorAt(c.req.path, c.env.outgoing, core.dispatcher.toErrorInfo(error, context, 'http'), allow);
    return RESPONSE_ALREADY_SENT;
  });
  app.onError((error, c) => {
    const context = contextOf(c.env.incoming, c.env.outgoing);
    answerErrorAt(c.req.path, c.env.outgoing, core.dispatcher.toErrorInfo(error, context, 'http'));
    return RESPONSE_ALREADY_SENT;
  });
  return app;
}
