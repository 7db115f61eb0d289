import { Hono } from 'hono';
import { AppError } from '../core/lib/app-error.ts';
import { nearest } from '../core/lib/suggest.ts';
import type { Shell } from '../core/app/panel-page.ts';
import { answerBytes, answerThrown } from './answer.ts';
import { served, type Env, type HttpServices, type Serve } from './http-call.ts';
import { addDocuments } from './openapi/routes.ts';
import { notServed } from './protocols/not-served.ts';
import { protocolRoutes } from './protocols/routes.ts';
import { documentPaths, metricsPath, routes } from './routes.ts';
import { addRpc } from './rpc.ts';
import { serveOperation } from './serve.ts';
import { openStreams } from './stream-response.ts';
import { serveShell } from './static.ts';

const methods = ['GET', 'POST', 'DELETE'];

/** Methods each known path takes, for telling 405 from 404. */
function methodsAt(app: Hono<Env>, path: string): string[] {
  return methods.filter((method) => app.router.match(method, path)[0].length > 0);
}

/** The route that serves a request, as it is written in the table; undefined where there is none. */
export function routeOf(app: Hono<Env>, method: string, path: string): string | undefined {
  return app.router.match(method, path)[0][0]?.[0][1].path;
}

function unknownRoute(path: string): AppError {
  const advice = notServed(path);
  const near = nearest(path, [
    ...[...routes, ...protocolRoutes].map((route) => route.path),
    ...documentPaths,
    metricsPath,
  ]);
  const hint = advice ?? (near ? `did you mean ${near}?` : null);
  return new AppError('unknown_route', `there is no ${path.slice(0, 200)}${hint ? `; ${hint}` : ''}`);
}

function wrongRoute(app: Hono<Env>): Serve {
  return (call) => {
    const { path, incoming } = call;
    const taken = methodsAt(app, path);
    if (!taken.length) return answerThrown(call, unknownRoute(path), 'http');
    const allow = taken.join(', ');
    const message = `${incoming.method} is not for ${path}; it takes ${allow}`;
    answerThrown(call, new AppError('method_not_allowed', message), 'http', { allow });
  };
}

const metrics: Serve = async ({ core, calls, outgoing, context: { requestId } }) => {
  const text = await core.metrics.text({ openRequests: calls.size, openStreams: openStreams.size });
  const headers = { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' };
  answerBytes(outgoing, Buffer.from(text), { status: 200, requestId, headers });
};

/** Every route over the core: API.md's, other providers' protocols, the panel's operations, the panel's files. */
export function createApp(services: HttpServices, shell: Shell | null): Hono<Env> {
  const app = new Hono<Env>();
  for (const route of routes)
    app.on(
      route.method,
      route.path,
      served(services, (call) => serveOperation(route, call)),
    );
  for (const route of protocolRoutes) app.on(route.method, route.path, served(services, route.serve));
  addDocuments(app, services);
  app.get(metricsPath, served(services, metrics));
  if (shell) addRpc(app, services);
  if (shell) serveShell(app, services, shell);
  app.notFound(served(services, wrongRoute(app)));
  app.onError((error, c) => served(services, (call) => answerThrown(call, error, 'http'))(c));
  return app;
}
