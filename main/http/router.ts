import { TrieRouter } from 'hono/router/trie-router';
import { type Shell, panelCsp } from '../core/app/panel-page.ts';
import { AppError } from '../core/lib/app-error.ts';
import { suggest } from '../core/lib/suggest.ts';
import { answerBytes, answerThrown } from './answer.ts';
import type { HttpRoute, Serve } from './http-call.ts';
import { hookPath, loggedPath, serveHook } from './live-hook.ts';
import { documentRoutes } from './openapi/routes.ts';
import { notServed } from './protocols/not-served.ts';
import { protocolRoutes } from './protocols/routes.ts';
import { metricsPath, routes } from './routes.ts';
import { rpcRoutes } from './rpc.ts';
import { serveOperation } from './serve.ts';
import { openStreams } from './stream-response.ts';
import { translationFileRoutes } from './translation/file-routes.ts';
import { readFileSync } from 'node:fs';

/** The panel's files; hashed ones may be cached forever. */
function shellRoutes(shell: Shell): HttpRoute[] {
  return [...shell].map(([path, { file, type }]) => {
    const cache = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
    const headers = { 'content-security-policy': panelCsp, 'content-type': type, 'cache-control': cache };
    return {
      method: 'GET',
      path,
      serve: ({ outgoing, context: { requestId } }) =>
        answerBytes(outgoing, readFileSync(file), { status: 200, requestId, headers }),
    };
  });
}

/** The route for a request, and the parameters in its URL. */
export interface FoundRoute {
  route: HttpRoute | undefined;
  serve: Serve;
  params: Record<string, string>;
}

const methods = ['GET', 'POST', 'DELETE'] as const;

const metrics: Serve = async ({ core, calls, outgoing, context: { requestId } }) => {
  const text = await core.metrics.text({ openRequests: calls.size, openStreams: openStreams.size });
  const headers = { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' };
  answerBytes(outgoing, Buffer.from(text), { status: 200, requestId, headers });
};

/**
 * Without a panel, the root answers that the server is running: Ollama's command line and others check it.
 */
const running: Serve = ({ outgoing, context: { requestId } }) => {
  const headers = { 'content-type': 'text/plain; charset=utf-8' };
  answerBytes(outgoing, Buffer.from('ComfyVN LLM Panel is running'), { status: 200, requestId, headers });
};

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Every route of the server: the panel's own API, other providers' protocols, the panel's operations and
 * files.
 */
export class Router {
  readonly #router = new TrieRouter<HttpRoute>();

  constructor(shell: Shell | null) {
    const all: HttpRoute[] = [
      ...routes.map((route) => ({ ...route, serve: serveOperation(route) })),
      ...protocolRoutes,
      ...translationFileRoutes,
      ...documentRoutes,
      { method: 'GET', path: metricsPath, serve: metrics },
      { method: 'GET', path: hookPath, serve: serveHook },
      ...(shell
        ? [...rpcRoutes, ...shellRoutes(shell)]
        : [{ method: 'GET', path: '/', serve: running } as const]),
    ];
    for (const route of all) this.#router.add(route.method, route.path, route);
  }

  /**
   * Finds the handler for a request. An unknown path, or an unsupported method, gets a handler that answers
   * with the error.
   */
  find(method: string, path: string): FoundRoute {
    // Node omits the body of an answer to HEAD.
    const [found] = this.#router.match(method === 'HEAD' ? 'GET' : method, path)[0];
    if (!found) return { route: undefined, serve: this.#wrongRoute, params: {} };
    const [route, params] = found;
    const texts = Object.entries(params).map(([name, text]) => [name, decoded(String(text))]);
    return { route, serve: route.serve, params: Object.fromEntries(texts) as Record<string, string> };
  }

  readonly #wrongRoute: Serve = (call) => {
    const { path, incoming } = call;
    const taken = methods.filter((method) => this.#router.match(method, path)[0].length > 0);
    if (!taken.length) return answerThrown(call, unknownRoute(path), 'http');
    const allow = taken.join(', ');
    const message = `${incoming.method} is not allowed for ${path}; it allows ${allow}`;
    answerThrown(call, new AppError('method_not_allowed', message), 'http', { allow });
  };
}

function unknownRoute(path: string): AppError {
  const known = [...routes, ...protocolRoutes, ...translationFileRoutes, ...documentRoutes].map(
    (route) => route.path,
  );
  const near = suggest(path, [...known, metricsPath]);
  const hint = notServed(path) ?? (near ? `did you mean ${near}?` : null);
  return new AppError(
    'unknown_route',
    `there is no ${loggedPath(path).slice(0, 200)}${hint ? `; ${hint}` : ''}`,
  );
}
