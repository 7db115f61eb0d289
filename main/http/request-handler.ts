import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Shell } from '../core/app/panel-page.ts';
import { requestIdFrom } from '../core/lib/request-context.ts';
import type { Core } from '../core/app/services.ts';
import type { Access } from './access.ts';
import { answerErrorAt, answerThrown } from './answer.ts';
import type { HalfRead } from './client-error.ts';
import { httpCall, type HttpCall } from './http-call.ts';
import { guard, isGuest, isPreflight, type Refusal } from './guard.ts';
import { loggedPath } from './live-hook.ts';
import type { OpenCalls } from './open-calls.ts';
import { allowGuest, answerPreflight } from './preflight.ts';
import { isChatRoute } from './protocols/routes.ts';
import { ResponseItems } from './protocols/response-items.ts';
import { Router, type FoundRoute } from './router.ts';
import { TokenLockout } from './token-lockout.ts';
import type { Metrics } from '../core/app/metrics/metrics.ts';
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

const methods = new Set(['GET', 'POST', 'DELETE', 'OPTIONS']);

/** A route of the table as a label: its parameters as `:name`, without their patterns. */
function labelOf(route: string | undefined): string {
  if (route === undefined) return 'other';
  if (route.startsWith('/rpc/')) return '/rpc';
  return route.replace(/\{[^}]*\}/g, '');
}

/** Counts one request whose answer is over. */
function measure(
  metrics: Metrics,
  method: string,
  route: string | undefined,
  status: number,
  ms: number,
): void {
  metrics.request(methods.has(method) ? method : 'other', labelOf(route), status, ms);
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const notAPath: Refusal = { code: 'invalid_request', message: 'the request target is not a plain path' };

/** Every Host that was sent; Node keeps only the first among its headers. */
function hostsIn(raw: readonly string[]): string[] {
  return raw.filter((_value, i) => i % 2 === 1 && raw[i - 1]?.toLowerCase() === 'host');
}

/** What is asked for all the time, or by the panel itself, is not worth a line; an answered chat has that of its call. */
const isQuiet = (route: string | undefined, path: string, status: number) =>
  path === '/health' || path.startsWith('/rpc/') || (status === 200 && isChatRoute(route));

/** Serves a request. Routes answer their own errors; what is thrown all the same is a bug of ours, and reported as one. */
async function serve({ serve: work }: FoundRoute, call: HttpCall): Promise<void> {
  try {
    await work(call);
  } catch (error) {
    answerThrown(call, error, 'http');
  }
}

/** The guard in front of the routes, on the bare request: nothing is parsed before it. */
export function createHandler(
  core: Core,
  access: Access,
  shell: Shell | null,
  now: () => number,
  calls: OpenCalls,
  halfRead: WeakMap<Duplex, HalfRead>,
): Handler {
  const lockout = new TokenLockout(now);
  const services = { core, calls, items: new ResponseItems(), hookLockout: new TokenLockout(now) };
  const router = new Router(shell);
  const isShell = (path: string) => shell?.has(path) ?? false;
  return (request, response) => {
    const { headers, rawHeaders, socket, method = 'GET' } = request;
    // One id from here on: in the answer, in the call log and in every line.
    const given = headers['x-request-id'];
    const requestId = requestIdFrom(Array.isArray(given) ? given[0] : given);
    const plain = routedPath(request.url ?? '/');
    const path = plain ?? '';
    const caller = {
      method,
      path,
      hosts: hostsIn(rawHeaders),
      headers,
      address: socket.remoteAddress ?? '',
      port: socket.localPort ?? 0,
    };
    halfRead.set(socket, { path, requestId, response });
    const found = router.find(method, path);
    const started = performance.now();
    response.on('close', () => {
      const ms = performance.now() - started;
      // A caller who left before anything was answered has no status.
      const status = response.headersSent ? response.statusCode : 499;
      const route = found.route?.path;
      measure(core.metrics, method, route, status, ms);
      const level = isQuiet(route, path, status) || isShell(path) ? 'debug' : 'info';
      const shown = loggedPath(path);
      const line = { request_id: requestId, method, path: shown, status, ms: Math.round(ms) };
      core.log[level](line, `${method} ${shown} ${status}`);
    });
    const isGuestPage = isGuest(access, caller);
    const refusal =
      guard(access, lockout, caller, isShell) ?? (plain === null ? notAPath : calls.refusalOf(path));
    if (access.allowedOrigins.length) response.setHeader('vary', 'Origin');
    if (isGuestPage && refusal?.code !== 'forbidden_host') allowGuest(response, headers.origin ?? '');
    if (!refusal && isGuestPage && isPreflight(caller)) return answerPreflight(request, response);
    if (!refusal) {
      const open = calls.add(path, requestId, response);
      return void serve(
        found,
        httpCall(services, { incoming: request, outgoing: response }, open, found.params),
      );
    }
    core.log.warn(
      { request_id: requestId, code: refusal.code, method, path: loggedPath(path) },
      refusal.message,
    );
    const again: Record<string, string> = refusal.code === 'server_busy' ? { 'retry-after': '1' } : {};
    const last: Record<string, string> = refusal.code === 'shutting_down' ? { connection: 'close' } : {};
    answerErrorAt(path, response, { ...refusal, request_id: requestId }, { ...again, ...last });
    request.resume();
  };
}
