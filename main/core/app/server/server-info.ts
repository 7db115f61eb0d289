import type { Health, ServerStatus } from '../../../../contract/operations/server.ts';
import { AppError } from '../../lib/app-error.ts';
import { noticeFieldsOf, type Notice } from '../../lib/notice.ts';
import type { Ports, ServerControl } from '../../lib/host/ports.ts';

type State = ServerStatus['state'];

/** State of the HTTP transport, which a composition root attaches once it exists. */
export class ServerInfo {
  #control: ServerControl | null = null;
  readonly #ports: Ports;
  readonly #startedAt: number;
  readonly #providers: () => number;
  readonly #warnings: () => Notice[];
  readonly #onWarning: () => void;
  #warning: Notice | null = null;
  #stop: Extract<State, 'stopping' | 'stopped'> | undefined;
  #refusal: string | null = null;

  /** @param onWarning called when there is a new warning for the user */
  constructor(ports: Ports, providers: () => number, warnings: () => Notice[], onWarning: () => void) {
    this.#ports = ports;
    this.#startedAt = ports.now();
    this.#providers = providers;
    this.#warnings = warnings;
    this.#onWarning = onWarning;
  }

  attach(control: ServerControl): void {
    this.#control = control;
  }

  /** Records why there is no HTTP server: the environment's settings cannot be used. */
  refused(message: string): void {
    this.#refusal = message;
  }

  /**
   * Sets a warning that applies although the server is listening, such as another program at its port; null
   * clears it.
   */
  warn(warning: Notice | null): void {
    if (warning?.message === this.#warning?.message) return;
    this.#warning = warning;
    this.#onWarning();
  }

  /** Cached, because every call needs it. */
  #own: { url: string | null; port: number | null } = { url: null, port: null };

  /** @throws AppError `invalid_request` in a process without a server */
  get control(): ServerControl {
    if (!this.#control)
      throw new AppError('invalid_request', this.#refusal ?? 'this process does not serve the API');
    return this.#control;
  }

  /** Called by the code that stops and restarts the server. */
  halted(state: 'stopping' | 'stopped' | undefined): void {
    this.#stop = state;
  }

  /** The port the API is bound to, used to detect calls to ourselves. */
  ownPort(): number | null {
    const url = this.#control?.status().listening ?? null;
    if (url !== this.#own.url) this.#own = { url, port: url === null ? null : Number(new URL(url).port) };
    return this.#own.port;
  }

  health(): Health {
    const listening = this.#control?.status().listening ?? null;
    const uptime_s = Math.round((this.#ports.now() - this.#startedAt) / 1000);
    return {
      service: 'comfyvn-llm-panel',
      version: this.#ports.version,
      uptime_s,
      providers: this.#providers(),
      listening,
    };
  }

  status(): ServerStatus {
    const { host, version, secrets, paths, fallbackRuntime } = this.#ports;
    const refusal =
      this.#refusal === null ? null : { code: 'cannot_listen', message: this.#refusal, try_port: null };
    const { listening, error } = this.#control?.status() ?? { listening: null, error: refusal };
    return {
      state: this.#stop ?? (listening ? 'running' : error ? 'failed' : 'starting'),
      listening,
      error,
      key_store: secrets.backend,
      runtime_root: paths.runtimeRoot,
      fallback_runtime: fallbackRuntime,
      host,
      version,
      ...noticeFieldsOf([...this.#warnings(), ...(this.#warning === null ? [] : [this.#warning])]),
    };
  }
}
