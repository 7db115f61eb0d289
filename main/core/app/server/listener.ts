import { randomBytes } from 'node:crypto';
import type {
  AccessChange,
  AccessSource,
  Endpoint,
  ServerAccess,
} from '../../../../contract/server-access.ts';
import { AppError } from '../../lib/app-error.ts';
import type { Ports, SettingsStore } from '../../lib/host/ports.ts';
import { Mutex } from '../../lib/mutex.ts';
import type { Redactor } from '../../lib/redact.ts';
import type { RequestContext } from '../../lib/request-context.ts';
import { asOrigin, hostProblem, originProblem, tokenIn } from './access-rules.ts';
import type { ServerInfo } from './server-info.ts';

/** The configured address, and its source. */
export interface Chosen {
  host: { value: string; source: AccessSource };
  port: { value: number; source: AccessSource };
}

export interface ListenerParts {
  ports: Pick<Ports, 'env' | 'desktop' | 'host'>;
  server: ServerInfo;
  settings: SettingsStore;
  redactor: Redactor;
}

/** On shutdown, how long calls in progress may still run. */
const graceMs = 10_000;

const names: Partial<Record<AccessSource, { host: string; port: string }>> = {
  flag: { host: '--host', port: '--port' },
  environment: { host: 'COMFYVN_LLM_HOST', port: 'COMFYVN_LLM_PORT' },
};

const originsVariable = 'COMFYVN_LLM_ALLOWED_ORIGINS';

/** Starts, stops and moves the API while the panel runs, one change at a time. Choices are saved. */
export class Listener {
  readonly #parts: ListenerParts;
  readonly #turn = new Mutex();
  #chosen: Chosen = {
    host: { value: '127.0.0.1', source: 'default' },
    port: { value: 8000, source: 'default' },
  };
  #sessionToken = false;

  constructor(parts: ListenerParts) {
    this.#parts = parts;
  }

  /** Called by the composition root once the address is known. */
  choose(chosen: Chosen): void {
    this.#chosen = chosen;
  }

  /** @throws AppError `invalid_request` if the port is not available */
  listen(port: number): Promise<void> {
    return this.#turn.run(() => this.#listen(port));
  }

  /** Starts the server at its last or configured address; does nothing while it is listening. */
  start(): Promise<void> {
    return this.#turn.run(async () => {
      if (this.#parts.server.ownPort() === null) await this.#listen(this.#chosen.port.value);
    });
  }

  async #listen(port: number): Promise<void> {
    const { server, settings } = this.#parts;
    await server.control.listen(port);
    server.halted(undefined);
    const { source } = this.#chosen.port;
    const value = server.ownPort() ?? port;
    if (names[source] === undefined && port !== this.#chosen.port.value) {
      await settings.update({ server_port: port });
      this.#chosen.port = { value, source: 'settings' };
    } else this.#chosen.port = { value, source };
  }

  /** @throws AppError `invalid_request` if the request comes from a page that this server serves */
  async stop(context: Pick<RequestContext, 'door'>): Promise<void> {
    if (context.door === 'http')
      throw new AppError(
        'invalid_request',
        'this page is served by the server it would stop: end the process instead, with Ctrl+C where it was started',
      );
    const { server } = this.#parts;
    await this.#turn.run(async () => {
      server.halted('stopping');
      // Restart uses the current port, even if it was chosen automatically.
      const value = server.ownPort() ?? this.#chosen.port.value;
      this.#chosen.port = { ...this.#chosen.port, value };
      await server.control.stop(graceMs);
      server.halted('stopped');
    });
  }

  access(): ServerAccess {
    const { server, ports, settings } = this.#parts;
    const { host, token, allowedHosts, allowedOrigins } = server.control.access();
    const fixed = ports.env[originsVariable]?.trim();
    const saved = settings.get().allowed_origins.length > 0;
    return {
      host: { value: host, source: this.#chosen.host.source },
      port: this.#chosen.port,
      allowed_origins: {
        values: [...allowedOrigins],
        source: fixed ? 'environment' : saved ? 'settings' : 'default',
      },
      allowed_hosts: [...allowedHosts],
      token: {
        required: token !== null,
        source: token === null ? 'none' : this.#sessionToken ? 'session' : 'environment',
        can_make: ports.desktop !== undefined && tokenIn(ports.env) === null,
      },
    };
  }

  /** Every route with its state, and an example command for the current or configured address. */
  async endpoints(isOn: (flag: string) => boolean): Promise<Endpoint[]> {
    const { control } = this.#parts.server;
    const { host, port } = this.#chosen;
    const base = control.status().listening ?? `http://${host.value}:${port.value}`;
    const all = await control.endpoints(base);
    return all.map((endpoint) => ({
      ...endpoint,
      on: endpoint.flags.length === 0 || endpoint.flags.some(isOn),
    }));
  }

  /**
   * @throws AppError `invalid_request` for a setting that a flag or variable fixes, or that the rules forbid
   */
  async configure({ host, port, allowed_origins: origins }: AccessChange): Promise<ServerAccess> {
    if (origins) this.#checkOrigins(origins);
    if (host !== undefined) this.#checkHost(host);
    if (port !== undefined) this.#checkFree('port');
    const { server, settings } = this.#parts;
    if (origins) {
      const values = [...new Set(origins.map(asOrigin))];
      server.control.configure({ allowedOrigins: values });
      await settings.update({ allowed_origins: values });
    }
    if (host !== undefined) await this.#turn.run(() => this.#moveTo(host));
    if (port !== undefined) await this.#movePort(port);
    return this.access();
  }

  /** A stopped server stays stopped; the new port applies when it starts. */
  async #movePort(port: number): Promise<void> {
    const { server, settings } = this.#parts;
    if (server.status().state !== 'stopped') return this.listen(port);
    await settings.update({ server_port: port });
    this.#chosen.port = { value: port, source: 'settings' };
  }

  async #moveTo(host: string): Promise<void> {
    const { server, settings } = this.#parts;
    server.control.configure({ host });
    const port = server.ownPort();
    if (port !== null) await server.control.listen(port);
    await settings.update({ server_host: host });
    this.#chosen.host = { value: host, source: 'settings' };
  }

  #checkFree(what: 'host' | 'port'): void {
    const name = names[this.#chosen[what].source]?.[what];
    if (name) throw new AppError('invalid_request', `${name} sets the ${what}: change it there`);
  }

  #checkHost(host: string): void {
    this.#checkFree('host');
    const problem = hostProblem(host, this.#parts.ports.env);
    if (problem) throw new AppError('invalid_request', problem);
  }

  #checkOrigins(origins: readonly string[]): void {
    if (this.#parts.ports.env[originsVariable]?.trim())
      throw new AppError('invalid_request', `${originsVariable} sets the origins: change it there`);
    for (const origin of origins) {
      const problem = originProblem(origin);
      if (problem) throw new AppError('invalid_request', problem);
    }
  }

  /**
   * Sets a new token for this session, which is copied to the clipboard and shown nowhere; or removes the
   * token.
   * @throws AppError `invalid_request` if the environment sets a token, or if there is no clipboard
   */
  requireToken(required: boolean): ServerAccess {
    const { ports, server, redactor } = this.#parts;
    if (tokenIn(ports.env))
      throw new AppError('invalid_request', 'COMFYVN_LLM_TOKEN sets the token: change it there');
    if (!ports.desktop)
      throw new AppError(
        'invalid_request',
        'there is no clipboard to hand you a new token: set COMFYVN_LLM_TOKEN (16 characters or more) and start again',
      );
    const token = required ? randomBytes(24).toString('base64url') : null;
    if (token) redactor.add(token);
    server.control.configure({ token });
    this.#sessionToken = required;
    if (token) ports.desktop.copy(token);
    return this.access();
  }
}
