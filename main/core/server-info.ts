import type { Health, ServerStatus } from '../../contract/operations/server.ts';
import { AppError } from './app-error.ts';
import type { Ports, ServerControl } from './ports.ts';

/** What is known of the HTTP door, which a root attaches once it exists. */
export class ServerInfo {
  #control: ServerControl | null = null;
  readonly #ports: Ports;
  readonly #startedAt: number;
  readonly #providers: () => number;

  constructor(ports: Ports, providers: () => number) {
    this.#ports = ports;
    this.#startedAt = ports.now();
    this.#providers = providers;
  }

  attach(control: ServerControl): void {
    this.#control = control;
  }

  /** The port the API is bound to, for telling a call to ourselves. */
  ownPort(): number | null {
    const url = this.#control?.status().listening;
    return url ? Number(new URL(url).port) : null;
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
    const { listening, error } = this.#control?.status() ?? { listening: null, error: null };
    return {
      listening,
      error,
      key_store: secrets.backend,
      runtime_root: paths.runtimeRoot,
      fallback_runtime: fallbackRuntime,
      host,
      version,
    };
  }

  /** @throws AppError `invalid_request` when the port cannot be had */
  async listen(port: number): Promise<void> {
    if (!this.#control) throw new AppError('invalid_request', 'this process does not serve the API');
    await this.#control.listen(port);
  }
}
