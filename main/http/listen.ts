import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { ServerControl } from '../core/ports.ts';
import { AppError } from '../core/app-error.ts';
import type { Shell } from '../core/panel-page.ts';
import { requestIdFrom } from '../core/request-context.ts';
import type { Core } from '../core/services.ts';
import type { Access } from './access.ts';
import { answerError } from './answer.ts';
import { createApp } from './app.ts';
import { guard } from './guard.ts';
import { TokenLockout } from './token-lockout.ts';

export interface HttpDoor extends ServerControl {
  close(): Promise<void>;
}

const headersMs = 10_000;
const requestMs = 60_000;

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split(/[?#]/, 1)[0] ?? '/';
}

/** The guard in front of the routes, on the bare request: nothing is parsed before it. */
function createHandler(core: Core, access: Access, shell: Shell | null) {
  const listener = getRequestListener(createApp(core, shell).fetch, { overrideGlobalObjects: false });
  const lockout = new TokenLockout(Date.now);
  const isShell = (path: string) => shell?.has(path) ?? false;
  return (request: IncomingMessage, response: ServerResponse) => {
    const { headers, socket, method = 'GET' } = request;
    const caller = { method, path: pathOf(request), headers, address: socket.remoteAddress ?? '', port: socket.localPort ?? 0 };
    const refusal = guard(access, lockout, caller, isShell);
    if (!refusal) return void listener(request, response);
    const id = headers['x-request-id'];
    const request_id = requestIdFrom(Array.isArray(id) ? id[0] : id);
    core.log.warn({ request_id, code: refusal.code, method, path: caller.path }, refusal.message);
    answerError(response, { ...refusal, request_id });
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

function shownHost(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}

/** The HTTP door: not listening until `listen` is called, and movable to another port while the panel runs. */
export function createHttpDoor(core: Core, access: Access, shell: Shell | null): HttpDoor {
  const handler = createHandler(core, access, shell);
  let server: Server | undefined;
  let listening: string | null = null;
  let error: ReturnType<ServerControl['status']>['error'] = null;

  async function stop(): Promise<void> {
    const old = server;
    server = undefined;
    listening = null;
    if (!old) return;
    const closed = new Promise((resolve) => old.close(resolve));
    old.closeAllConnections();
    await closed;
  }

  return {
    status: () => ({ listening, error }),
    async listen(port) {
      const next = createServer({ headersTimeout: headersMs, requestTimeout: requestMs }, handler);
      try {
        await bind(next, access.host, port);
      } catch (cause) {
        const busy = (cause as NodeJS.ErrnoException).code === 'EADDRINUSE';
        const why = busy ? 'is taken by another program' : `cannot be had (${(cause as Error).message})`;
        const message = `port ${port} on ${access.host} ${why}: choose another with --port or COMFYVN_LLM_PORT`;
        error = { code: busy ? 'port_in_use' : 'cannot_listen', message, try_port: await freePortAfter(access.host, port) };
        throw new AppError('invalid_request', message, { ...error });
      }
      await stop();
      server = next;
      error = null;
      const bound = next.address();
      listening = `http://${shownHost(access.host)}:${typeof bound === 'object' && bound ? bound.port : port}`;
    },
    close: stop,
  };
}
