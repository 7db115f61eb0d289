import { pause } from '../../lib/pause.ts';
import { cancelledBy } from './send-once.ts';

/** A wait that somebody may end: then `signal` is aborted. */
export interface OpenWait {
  signal: AbortSignal;
  /** To be called when the wait is over. */
  close(): void;
}

/** The waits before attempts that are under way; whoever sees one may end it. */
export class RetryWaits {
  readonly #ends = new Map<string, () => void>();

  /** A wait that is timed elsewhere. */
  open(requestId: string): OpenWait {
    const controller = new AbortController();
    const end = () => controller.abort();
    this.#ends.set(requestId, end);
    return {
      signal: controller.signal,
      close: () => {
        if (this.#ends.get(requestId) === end) this.#ends.delete(requestId);
      },
    };
  }

  /**
   * @param ms how long
   * @returns true where somebody ended it
   * @throws AppError `cancelled` where the caller leaves meanwhile
   */
  async wait(requestId: string, ms: number, signal: AbortSignal): Promise<boolean> {
    const open = this.open(requestId);
    try {
      await pause(ms, [signal, open.signal]).catch(() => {});
    } finally {
      open.close();
    }
    if (signal.aborted) throw cancelledBy(signal);
    return open.signal.aborted;
  }

  /** Ends a call's wait at once; false where it is not waiting. */
  end(requestId: string): boolean {
    const end = this.#ends.get(requestId);
    end?.();
    return end !== undefined;
  }
}
