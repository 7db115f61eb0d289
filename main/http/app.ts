import type { IncomingMessage, ServerResponse } from 'node:http';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono, type Context } from 'hono';
import type { ChatAnswer } from '../../contract/chat.ts';
import type { Envelope } from '../../contract/errors.ts';
import { AppError } from '../core/app-error.ts';
import { isObject } from '../core/json.ts';
import { nearest } from '../core/nearest.ts';
import type { Shell } from '../core/panel-page.ts';
import type { Core } from '../core/services.ts';
import { answerEnvelope, answerError } from './answer.ts';
import { EventStream } from './event-stream.ts';
import { contextOf, type Env } from './http-context.ts';
import { addMetrics, metricsPath } from './metrics.ts';
import { answerErrorAt } from './openai/error.ts';
import { addOpenAi, chatCompletions, openAiPaths } from './openai/routes.ts';
import { addDocuments, documentPaths } from './openapi/routes.ts';
import { readInput } from './read-input.ts';
import { routes, type Route } from './routes.ts';
import { addRpc } from './rpc.ts';
import { serveShell } from './static.ts';

const wantsStream = (input: unknown) =>
  isObject(input) && input['stream'] === true && input['dry_run'] !== true;

/** What a request says beside its body. */
type Said = Pick<Parameters<NonNullable<Route['input']>>[0], 'params' | 'query'>;

async function serve(
  core: Core,
  route: Route,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  said: Said,
): Promise<void> {
  const context = contextOf(incoming, outgoing);
  const { dispatcher } = core;
  let input: unknown;
  try {
    const body = route.method === 'GET' ? {} : await readInput(incoming);
    input = route.input?.({ ...said, body }) ?? {};
  } catch (error) {
    return answerError(outgoing, dispatcher.toErrorInfo(error, context, route.operation));
  }
  if (!route.streamed || !wantsStream(input))
    return answerEnvelope(
      outgoing,
      await dispatcher.dispatch(route.operation, input, context),
      context.requestId,
    );
  const stream = new EventStream(outgoing, context.requestId);
  await stream.end(
    (await dispatcher.dispatch(route.streamed, input, context, stream)) as Envelope<ChatAnswer>,
  );
}

async function serveRoute(core: Core, route: Route, c: Context<Env>): Promise<Response> {
  const said = { params: c.req.param(), query: c.req.query() };
  await serve(core, route, c.env.incoming, c.env.outgoing, said);
  return RESPONSE_ALREADY_SENT;
}

type Door = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>;

/** The chats, by path, for who has read method and path already: the router's own work is a third of such a call's. */
export function chatDoors(core: Core): ReadonlyMap<string, Door> {
  const [openAi] = openAiPaths;
  const doors = new Map<string, Door>([
    [openAi, (incoming, outgoing) => chatCompletions(core, incoming, outgoing)],
  ]);
  const route = routes.find(({ method, path }) => method === 'POST' && path === '/api/llm/chat');
  if (route)
    doors.set(route.path, (incoming, outgoing) =>
      serve(core, route, incoming, outgoing, { params: {}, query: {} }),
    );
  return doors;
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
