import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Shell } from '../core/app/panel-page.ts';
import { requestIdFrom } from '../core/lib/request-context.ts';
import type { Core } from '../core/app/services.ts';
import type { Access } from './access.ts';
import type { HalfRead } from './client-error.ts';
import { directDoors, type Door } from './direct-doors.ts';
import { guard, isGuest, isPreflight, type Refusal } from './guard.ts';
import { measure } from './measure.ts';
import type { OpenCalls } from './open-calls.ts';
import { answerErrorAt } from './openai/error.ts';
import { allowGuest, answerPreflight } from './preflight.ts';
import { routedPath } from './request-path.ts';
import { TokenLockout } from './token-lockout.ts';

/**
 * What is asked for all the time, or by the panel itself, is not worth a line; a chat that was answered has the one
 * of its call.
 */
const isQuiet = (path: string) => path === '/health' || path.startsWith('/rpc/');

const notAPath: Refusal = { code: 'invalid_request', message: 'the request target is not a plain path' };

/** Every Host that was sent; Node keeps only the first among its headers. */
function hostsIn(raw: readonly string[]): string[] {
  const hosts: string[] = [];
  for (let i = 0; i < raw.length; i += 2)
    if (raw[i]?.length === 4 && raw[i]?.toLowerCase() === 'host') hosts.push(raw[i + 1] ?? '');
  return hosts;
}

export interface Handler {
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Loads the router, which otherwise comes with the first request that it is needed for. */
  warm(): Promise<unknown>;
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
  const doors = directDoors(core);
  let router: Door | undefined;
  let loading: Promise<Door> | undefined;
  const load = async () => {
    const { createRouter } = await import('./router.ts');
    return (router = createRouter(core, shell, () => calls.size));
  };
  const warm = () => (loading ??= load());
  const routed: Door = async (request, response) => (router ?? (await warm()))(request, response);
  const lockout = new TokenLockout(now);
  const debugs = core.log.isLevelEnabled('debug');
  const isShell = (path: string) => shell?.has(path) ?? false;
  const handle: Handler['handle'] = (request, response) => {
    const { headers, rawHeaders, socket, method = 'GET' } = request;
    // One id from here on: in the answer, in the call log and in every line.
    const given = headers['x-request-id'];
    const request_id = requestIdFrom(Array.isArray(given) ? given[0] : given);
    headers['x-request-id'] = request_id;
    const path = routedPath(request.url ?? '/');
    const hosts = hostsIn(rawHeaders);
    const caller = {
      method,
      path: path ?? '',
      hosts,
      headers,
      address: socket.remoteAddress ?? '',
      port: socket.localPort ?? 0,
    };
    halfRead.set(socket, { path: caller.path, requestId: request_id, response });
    const door = doors.get(`${method} ${caller.path}`);
    const started = performance.now();
    let begun = false;
    // One listener for all that follows an answer: each costs every call.
    response.on('close', () => {
      if (begun) calls.remove(caller.path);
      const ms = performance.now() - started;
      // A caller who left before anything was answered has no status.
      const status = response.headersSent ? response.statusCode : 499;
      measure(core.metrics, method, caller.path, status, ms);
      const quiet = (door && status === 200) || isQuiet(caller.path) || isShell(caller.path);
      if (quiet && !debugs) return;
      const line = { request_id, method, path: caller.path, status, ms: Math.round(ms) };
      core.log[quiet ? 'debug' : 'info'](line, `${method} ${caller.path} ${status}`);
    });
    const isGuestPage = isGuest(access, caller);
    const refusal =
      guard(access, lockout, caller, isShell) ?? (path === null ? notAPath : calls.refusalOf(caller.path));
    if (access.allowedOrigins.length) response.setHeader('vary', 'Origin');
    if (isGuestPage && refusal?.code !== 'forbidden_host') allowGuest(response, headers.origin ?? '');
    if (!refusal && isGuestPage && isPreflight(caller)) return answerPreflight(request, response);
    if (!refusal) {
      begun = true;
      calls.add(caller.path);
      return void (door ?? routed)(request, response);
    }
    core.log.warn({ request_id, code: refusal.code, method, path: caller.path }, refusal.message);
    const again: Record<string, string> = refusal.code === 'server_busy' ? { 'retry-after': '1' } : {};
    const last: Record<string, string> = refusal.code === 'shutting_down' ? { connection: 'close' } : {};
    answerErrorAt(caller.path, response, { ...refusal, request_id }, { ...again, ...last });
    request.resume();
  };
  return { handle, warm };
}
