import type { pause } from '../lib/pause.ts';
import { cancelledWait, tooLong, type Granted, type Turn, type TurnWait, type WaitOptions } from './turn.ts';
import type { LimitedCall } from './limited-call.ts';

interface Entry {
  call: LimitedCall;
  options: WaitOptions;
  /** Milliseconds that it has waited as the first in the queue. */
  waited: number;
  left: boolean;
  resolve(turn: Turn): void;
  reject(error: Error): void;
}

export interface BulkLineParts {
  /** Takes for as many of the calls as there is room for, from the first on. */
  ask(calls: readonly LimitedCall[]): Promise<Granted>;
  pause: typeof pause;
}

/** Checks again after at most this time, because limits and clocks can change. */
const maxPauseMs = 10_000;
const minPauseMs = 5;

/** This process's bulk calls to one model, in order: they share one request for room per pause. */
export class BulkLine {
  readonly #parts: BulkLineParts;
  #entries: Entry[] = [];
  #isServed = false;
  /** Set while the first one waits. */
  #wait: { limit: string | null; until: number } | undefined;
  #wake = new AbortController();

  constructor(parts: BulkLineParts) {
    this.#parts = parts;
  }

  get length(): number {
    return this.#entries.length;
  }

  /** The current wait of the first call; null if none waits. */
  get wait(): TurnWait | null {
    if (!this.#wait) return null;
    const { limit, until } = this.#wait;
    return { limit, ms: Math.max(1, until - performance.now()) };
  }

  /** @throws TransportError `provider_rate_limited`; AppError `cancelled` */
  async turn(call: LimitedCall, options: WaitOptions): Promise<Turn> {
    const { signals } = options;
    if (signals.some(({ aborted }) => aborted)) throw cancelledWait(signals);
    let leave: () => void = () => {};
    try {
      return await new Promise<Turn>((resolve, reject) => {
        const entry = { call, options, waited: 0, left: false, resolve, reject };
        leave = () => this.#leave(entry, cancelledWait(signals));
        for (const signal of signals) signal.addEventListener('abort', leave, { once: true });
        this.#entries.push(entry);
        if (!this.#isServed) void this.#serve();
      });
    } finally {
      for (const signal of signals) signal.removeEventListener('abort', leave);
    }
  }

  #leave(entry: Entry, error: Error): void {
    const isFirst = this.#entries[0] === entry;
    entry.left = true;
    this.#entries = this.#entries.filter((other) => other !== entry);
    entry.reject(error);
    if (isFirst) this.#wake.abort();
  }

  async #serve(): Promise<void> {
    this.#isServed = true;
    // Calls that arrive in the same event loop turn share a request.
    await Promise.resolve();
    while (this.#entries.length > 0) {
      const asking = this.#entries;
      const { turns, wait } = await this.#parts.ask(asking.map(({ call }) => call));
      const granted = new Set(asking.slice(0, turns.length));
      this.#entries = this.#entries.filter((entry) => !granted.has(entry));
      for (const [i, turn] of turns.entries()) {
        const entry = asking[i];
        if (!entry || entry.left) turn.release();
        else entry.resolve(turn);
      }
      const [first] = this.#entries;
      if (first && wait && first === asking[turns.length]) await this.#pauseFor(first, wait);
    }
    this.#isServed = false;
  }

  async #pauseFor(first: Entry, wait: TurnWait): Promise<void> {
    const { call, options } = first;
    const { ms, limit } = wait;
    if (first.waited + ms > options.maxMs) {
      this.#leave(first, tooLong(first.waited + ms, options.maxMs, limit));
      return;
    }
    try {
      await options.onWait?.({ ms: Math.round(ms), provider: call.provider, limit });
    } catch (error) {
      this.#leave(first, error as Error);
    }
    const next = Math.min(maxPauseMs, Math.max(minPauseMs, ms));
    this.#wake = new AbortController();
    if (first.left) return;
    this.#wait = { limit, until: performance.now() + ms };
    await this.#parts.pause(next, [this.#wake.signal]).catch(() => {});
    this.#wait = undefined;
    first.waited += next;
  }
}
