import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import type { ServerControl } from '../core/ports.ts';
import { AppError } from '../core/app-error.ts';
import type { Shell } from '../core/panel-page.ts';
import { requestIdFrom } from '../core/request-context.ts';
import type { Log } from '../core/log.ts';
import type { Core } from '../core/services.ts';
import type { Access } from './access.ts';
import { chatDoors, createApp } from './app.ts';
import { answerClientError, type HalfRead } from './client-error.ts';
import { guard, isGuest, isPreflight, type Refusal } from './guard.ts';
import { answerErrorAt } from './openai/error.ts';
import { measure } from './metrics.ts';
import { OpenCalls } from './open-calls.ts';
import { allowGuest, answerPreflight } from './preflight.ts';
import { routedPath } from './request-path.ts';
import { TokenLockout } from './token-lockout.ts';

export interface HttpDoor extends ServerControl {
  close(): Promise<void>;
}

/** How long a caller may take, in milliseconds. */
export interface Patience {
  headersMs: number;
  /** For the whole request. */
  requestMs: number;
  /** How often it is looked at: Node's own half a minute would make ten seconds forty. */
  lookMs: number;
}

/** Node's own five seconds end connections that callers are just about to use again, who see that as a reset. */
const idleMs = 65_000;

const patience: Patience = { headersMs: 10_000, requestMs: 60_000, lookMs: 2_000 };

const notAPath: Refusal = { code: 'invalid_request', message: 'the request target is not a plain path' };

/** Every Host that was sent; Node keeps only the first among its headers. */
function hostsIn(raw: readonly string[]): string[] {
  const hosts: string[] = [];
  for (let i = 0; i < raw.length; i += 2)
    if (raw[i]?.length === 4 && raw[i]?.toLowerCase() === 'host') hosts.push(raw[i + 1] ?? '');
  return hosts;
}

/** The guard in front of the routes, on the bare request: nothing is parsed before it. */
function createHandler(
  core: Core,
  access: Access,
  shell: Shell | null,
  now: () => number,
  calls: OpenCalls,
  halfRead: WeakMap<Duplex, HalfRead>,
) {
  const listener = getRequestListener(createApp(core, shell, () => calls.size).fetch, {
    overrideGlobalObjects: false,
  });
  const chats = chatDoors(core);
  const lockout = new TokenLockout(now);
  const isShell = (path: string) => shell?.has(path) ?? false;
  return (request: IncomingMessage, response: ServerResponse) => {
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
    measure(core.metrics, method, caller.path, response);
    halfRead.set(socket, { path: caller.path, requestId: request_id, response });
    const quiet = isQuiet(caller.path) || isShell(caller.path);
    logAnswer(core.log, { request_id, method, path: caller.path }, response, quiet);
    const isGuestPage = isGuest(access, caller);
    const refusal =
      guard(access, lockout, caller, isShell) ?? (path === null ? notAPath : calls.refusalOf(caller.path));
    if (access.allowedOrigins.length) response.setHeader('vary', 'Origin');
    if (isGuestPage && refusal?.code !== 'forbidden_host') allowGuest(response, headers.origin ?? '');
    if (!refusal && isGuestPage && isPreflight(caller)) return answerPreflight(request, response);
    if (!refusal) {
      calls.add(caller.path, response);
      const chat = method === 'POST' ? chats.get(caller.path) : undefined;
      return void (chat ?? listener)(request, response);
    }
    core.log.warn({ request_id, code: refusal.code, method, path: caller.path }, refusal.message);
    const again: Record<string, string> = refusal.code === 'server_busy' ? { 'retry-after': '1' } : {};
    const last: Record<string, string> = refusal.code === 'shutting_down' ? { connection: 'close' } : {};
    answerErrorAt(caller.path, response, { ...refusal, request_id }, { ...again, ...last });
    request.resume();
  };
}

function bind(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: host.replace(/^\[|\]$/g, ''), port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** What is asked for all the time, or by the panel itself, is not worth a line. */
const isQuiet = (path: string) => path === '/health' || path.startsWith('/rpc/');

/** One line for each answer; a refusal has its own. */
function logAnswer(
  log: Log,
  of: { request_id: string; method: string; path: string },
  response: ServerResponse,
  quiet: boolean,
): void {
  const started = performance.now();
  response.on('close', () => {
    const status = response.headersSent ? response.statusCode : 499;
    const ms = Math.round(performance.now() - started);
    log[quiet ? 'debug' : 'info']({ ...of, status, ms }, `${of.method} ${of.path} ${status}`);
  });
}

/** A free port near a taken one, for the panel to offer; null when none of the next twenty is. */
async function freePortAfter(host: string, port: number): Promise<number | null> {
  for (let candidate = port + 1; candidate <= Math.min(port + 20, 65535); candidate++) {
    const probe = createServer();
    const free = await bind(probe, host, candidate).then(
      () => true,
      () => false,
    );
    if (free) await new Promise((resolve) => probe.close(resolve));
    if (free) return candidate;
  }
  return null;
}

function portOf(server: Server): number {
  const bound = server.address();
  return typeof bound === 'object' && bound ? bound.port : 0;
}

function shownHost(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}

/** The HTTP door: not listening until `listen` is called, and movable to another port while the panel runs. */
export function createHttpDoor(
  core: Core,
  given: Access,
  shell: Shell | null,
  now: () => number = Date.now,
  { headersMs, requestMs, lookMs }: Patience = patience,
): HttpDoor {
  const access = { ...given };
  core.redactor.add(access.panelToken);
  const calls = new OpenCalls();
  const halfRead = new WeakMap<Duplex, HalfRead>();
  const handler = createHandler(core, access, shell, now, calls, halfRead);
  const servers = new Set<Server>();
  let current: Server | undefined;
  let boundHost = '';
  let listening: string | null = null;
  let error: ReturnType<ServerControl['status']>['error'] = null;

  function open(): Server {
    // A missing Host is the guard's to refuse, in the envelope.
    const server = createServer(
      {
        headersTimeout: headersMs,
        requestTimeout: requestMs,
        connectionsCheckingInterval: lookMs,
        keepAliveTimeout: idleMs,
        requireHostHeader: false,
      },
      handler,
    );
    server.on('clientError', (cause, socket) => answerClientError(cause, socket, halfRead.get(socket)));
    server.on('close', () => servers.delete(server));
    return server;
  }

  /** Takes no more calls; those under way are answered, the one that asked for the move among them. */
  function retire(server: Server): void {
    server.close();
    server.closeIdleConnections();
  }

  async function bindTo(port: number): Promise<Server> {
    const next = open();
    try {
      await bind(next, access.host, port);
      servers.add(next);
      boundHost = access.host;
      return next;
    } catch (cause) {
      const busy = (cause as NodeJS.ErrnoException).code === 'EADDRINUSE';
      const why = busy ? 'is taken by another program' : `cannot be had (${(cause as Error).message})`;
      const message = `port ${port} on ${access.host} ${why}: choose another with --port or COMFYVN_LLM_PORT`;
      error = {
        code: busy ? 'port_in_use' : 'cannot_listen',
        message,
        try_port: await freePortAfter(access.host, port),
      };
      throw new AppError('invalid_request', message, { ...error });
    }
  }

  async function close(): Promise<void> {
    const closed = [...servers].map((server) => once(server, 'close'));
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
    current = undefined;
    listening = null;
    await Promise.all(closed);
  }

  function settleOn(next: Server): void {
    current = next;
    error = null;
    listening = `http://${shownHost(boundHost)}:${portOf(next)}`;
  }

  /** The same port at another address, which both together cannot have: one after the other. */
  async function moveTo(port: number, from: Server): Promise<void> {
    const before = boundHost;
    retire(from);
    try {
      settleOn(await bindTo(port));
    } catch (cause) {
      access.host = before;
      settleOn(await bindTo(port));
      throw cause;
    }
  }

  return {
    status: () => ({ listening, error }),
    access: () => access,
    configure: (change) => void Object.assign(access, change),
    close,
    async stop(graceMs) {
      await calls.stop(graceMs);
      await close();
    },
    async listen(port) {
      calls.resume();
      const samePort = current !== undefined && port !== 0 && portOf(current) === port;
      if (samePort && access.host === boundHost) return void (error = null);
      if (samePort && current) return moveTo(port, current);
      const before = current;
      settleOn(await bindTo(port));
      if (before) retire(before);
    },
    async endpoints(base) {
      const { endpointsAt } = await import('./openapi/endpoints.ts');
      return endpointsAt(base, access.token !== null);
    },
  };
}
