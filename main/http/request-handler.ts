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
 * A request target's path exactly as the router will match it: dot segments resolved, percent-encoding
 * decoded by the same function. The guard must use this path, or `/%72pc/…` would pass it and be served as
 * `/rpc/…`. null for a target that is not a plain path: a whole URL, `*`, or one with a backslash.
 */
export function routedPath(target: string): string | null {
  const end = target.search(/[?#]/);
  const path = end < 0 ? target : target.slice(0, end);
  if (!path.startsWith('/') || path.includes('\\')) return null;
  try {
    // getPath reads only a request's URL.
    return getPath({ url: new URL(`http://localhost${path}`).href } as Request);
  } catch {
    return null;
  }
}

const methods = new Set(['GET', 'POST', 'DELETE', 'OPTIONS']);

/** A route of the table as a metrics label: parameters as `:name`, without their patterns. */
function labelOf(route: string | undefined): string {
  if (route === undefined) return 'other';
  if (route.startsWith('/rpc/')) return '/rpc';
  return route.replace(/\{[^}]*\}/g, '');
}

/** Counts a finished request. */
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

/** Every Host header; Node's `headers` keeps only the first. */
function hostsIn(raw: readonly string[]): string[] {
  return raw.filter((_value, i) => i % 2 === 1 && raw[i - 1]?.toLowerCase() === 'host');
}

/**
 * Frequent requests and the panel's own are not logged; an answered chat already has a log line for its call.
 */
const isQuiet = (route: string | undefined, path: string, status: number) =>
  path === '/health' || path.startsWith('/rpc/') || (status === 200 && isChatRoute(route));

/**
 * Serves a request. Routes answer their own errors; anything else that is thrown is our bug, and reported as
 * one.
 */
async function serve({ serve: work }: FoundRoute, call: HttpCall): Promise<void> {
  try {
    await work(call);
  } catch (error) {
    answerThrown(call, error, 'http');
  }
}

/** Runs the guard on the raw request before the routes; nothing is parsed before it. */
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
    // The same id is used in the answer, in the call log and in every log line.
    const header = headers['x-request-id'];
    const requestId = requestIdFrom(Array.isArray(header) ? header[0] : header);
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
      // A caller who disconnected before any answer has no status.
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
