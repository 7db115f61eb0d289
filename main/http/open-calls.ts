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

/**
 * How many calls are under way at the HTTP door. Counted, not kept in a map: its table, old for the collector, would go
 * on holding answers that are over, which doubled what a collection has to move.
 */
export class OpenCalls {
  #all = 0;
  /** Those among them that never end by themselves: a panel that listens for events or follows the log. */
  #endless = 0;
  #stopping = false;
  #onEmpty: (() => void) | undefined;

  /** Why a call is not begun now; whether we live is always told. */
  refusalOf(path: string): Refusal | null {
    if (path === '/health') return null;
    if (this.#stopping) return stopping;
    return this.#all >= mostCalls ? busy : null;
  }

  get size(): number {
    return this.#all;
  }

  /** One more; `remove` has to follow once when it is over. */
  add(path: string): void {
    this.#all += 1;
    if (endless.has(path)) this.#endless += 1;
  }

  remove(path: string): void {
    this.#all -= 1;
    if (endless.has(path)) this.#endless -= 1;
    if (this.#all === this.#endless) this.#onEmpty?.();
  }

  /** Takes calls again. */
  resume(): void {
    this.#stopping = false;
  }

  /** Resolves when nothing is under way any more, after `graceMs` at the latest. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping = true;
    if (this.#all === this.#endless) return;
    await new Promise<void>((resolve) => {
      const late = setTimeout(resolve, graceMs);
      this.#onEmpty = () => {
        clearTimeout(late);
        resolve();
      };
    });
  }
}
