import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ServerControl } from '../core/lib/host/ports.ts';
import { AppError } from '../core/lib/app-error.ts';
import type { Shell } from '../core/app/panel-page.ts';
import type { Core } from '../core/app/services.ts';
import type { Access } from './access.ts';
import { answerClientError, type HalfRead } from './client-error.ts';
import { OpenCalls } from './open-calls.ts';
import { bind } from './port/refused-port.ts';
import { otherListener } from './port/other-listener.ts';
import { refusedPort } from './port/refused-port.ts';
import { createHandler } from './request-handler.ts';

export interface HttpTransport extends ServerControl {
  close(): Promise<void>;
}

/** Time limits for callers, in milliseconds. */
export interface Patience {
  headersMs: number;
  /** For the whole request. */
  requestMs: number;
  /** Interval of the checks: with Node's default of 30 s a limit of ten seconds could take forty. */
  lookMs: number;
}

/**
 * Node's default of five seconds closes connections just as callers reuse them, which they see as a reset.
 */
const idleMs = 65_000;

const patience: Patience = { headersMs: 10_000, requestMs: 60_000, lookMs: 2_000 };

function portOf(server: Server): number {
  const bound = server.address();
  return typeof bound === 'object' && bound ? bound.port : 0;
}

function shownHost(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}

/**
 * The HTTP server. It does not listen until `listen` is called, and can move to another port while the panel
 * runs.
 */
export function createHttpTransport(
  core: Core,
  requested: Access,
  shell: Shell | null,
  now: () => number = Date.now,
  { headersMs, requestMs, lookMs }: Patience = patience,
): HttpTransport {
  const access = { ...requested };
  core.redactor.add(access.panelToken);
  const calls = new OpenCalls();
  const halfRead = new WeakMap<Duplex, HalfRead>();
  const handle = createHandler(core, access, shell, now, calls, halfRead);
  const servers = new Set<Server>();
  let current: Server | undefined;
  /**
   * Answers at `::1` whatever `current` answers at 127.0.0.1: most systems try `::1` first for `localhost`.
   */
  let twin: Server | undefined;
  let boundHost = '';
  let listening: string | null = null;
  let error: ReturnType<ServerControl['status']>['error'] = null;

  function open(): Server {
    // The guard rejects a missing Host itself, to answer with the envelope.
    const server = createServer(
      {
        headersTimeout: headersMs,
        requestTimeout: requestMs,
        connectionsCheckingInterval: lookMs,
        keepAliveTimeout: idleMs,
        requireHostHeader: false,
      },
      handle,
    );
    server.on('clientError', (cause, socket) => answerClientError(cause, socket, halfRead.get(socket)));
    server.on('close', () => servers.delete(server));
    return server;
  }

  /** Accepts no more calls. Calls in progress are answered, including the one that requested the move. */
  function retire(...retired: (Server | undefined)[]): void {
    for (const server of retired) {
      server?.close();
      server?.closeIdleConnections();
    }
  }

  async function bindTo(port: number): Promise<Server> {
    const next = open();
    try {
      await bind(next, access.host, port);
      servers.add(next);
      boundHost = access.host;
      return next;
    } catch (cause) {
      error = await refusedPort(cause as NodeJS.ErrnoException, { host: access.host, port });
      throw new AppError('invalid_request', error.message, { ...error });
    }
  }

  async function close(): Promise<void> {
    const closed = [...servers].map((server) => once(server, 'close'));
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
    current = undefined;
    twin = undefined;
    listening = null;
    core.server.warn(null);
    await Promise.all(closed);
  }

  async function settleOn(next: Server): Promise<void> {
    current = next;
    error = null;
    listening = `http://${shownHost(boundHost)}:${portOf(next)}`;
    twin = await openTwin(next);
    void lookForOthers(next, twin);
  }

  /**
   * Without it, callers of `localhost` would first wait for `::1` to fail, two seconds on Windows. Undefined
   * without IPv6, or if the port is taken there.
   */
  async function openTwin(server: Server): Promise<Server | undefined> {
    if (boundHost !== '127.0.0.1') return undefined;
    const opened = open();
    try {
      await bind(opened, '::1', portOf(server));
    } catch {
      return undefined;
    }
    servers.add(opened);
    if (server === current) return opened;
    retire(opened);
    return undefined;
  }

  /** Runs in the background, because Windows takes seconds to refuse a closed port. */
  async function lookForOthers(server: Server, beside: Server | undefined): Promise<void> {
    core.server.warn(null);
    const found = await otherListener(server, beside);
    if (found === null || server !== current) return;
    core.server.warn(found);
    core.log.warn(found.message);
  }

  /** The same port on another address: both cannot be open at once, so one closes before the other opens. */
  async function moveTo(port: number, from: Server): Promise<void> {
    const before = boundHost;
    retire(from, twin);
    try {
      await settleOn(await bindTo(port));
    } catch (cause) {
      access.host = before;
      await settleOn(await bindTo(port));
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
      const before = [current, twin];
      await settleOn(await bindTo(port));
      retire(...before);
    },
    async endpoints(base) {
      const { endpointsAt } = await import('./openapi/endpoints.ts');
      return endpointsAt(base, access.token !== null);
    },
  };
}
