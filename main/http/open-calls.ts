import type { ServerResponse } from 'node:http';
import type { Refusal } from './guard.ts';

/** Calls under way at once; a provider's stream may take minutes. */
export const mostCalls = 256;

const busy: Refusal = {
  code: 'server_busy',
  message: `${mostCalls} calls are under way: try again in a moment`,
};
const stopping: Refusal = {
  code: 'shutting_down',
  message: 'the server is about to stop and takes no more calls',
};

const endless = new Set(['/rpc/events', '/rpc/log.follow']);

/** What is under way at the HTTP door. */
export class OpenCalls {
  readonly #calls = new Map<ServerResponse, string>();
  #stopping = false;
  #onEmpty: (() => void) | undefined;

  /** Why a call is not begun now; whether we live is always told. */
  refusalOf(path: string): Refusal | null {
    if (path === '/health') return null;
    if (this.#stopping) return stopping;
    return this.#calls.size >= mostCalls ? busy : null;
  }

  get size(): number {
    return this.#calls.size;
  }

  add(path: string, response: ServerResponse): void {
    this.#calls.set(response, path);
  }

  /** For one whose answer is over, or that was never begun. */
  remove(response: ServerResponse): void {
    if (this.#calls.delete(response) && this.#onEmpty && !this.#waitedFor()) this.#onEmpty();
  }

  /** A panel that listens for events or follows the log would do so for ever. */
  #waitedFor(): number {
    return [...this.#calls.values()].filter((path) => !endless.has(path)).length;
  }

  /** Takes calls again. */
  resume(): void {
    this.#stopping = false;
  }

  /** Resolves when nothing is under way any more, after `graceMs` at the latest. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping = true;
    if (!this.#waitedFor()) return;
    await new Promise<void>((resolve) => {
      const late = setTimeout(resolve, graceMs);
      this.#onEmpty = () => {
        clearTimeout(late);
        resolve();
      };
    });
  }
}
