import { pause } from '../../lib/pause.ts';
import { cancelledBy } from './send-once.ts';

/** A wait that a user may end by aborting `signal`. */
export interface OpenWait {
  signal: AbortSignal;
  /** Call when the wait is over. */
  close(): void;
}

/** The current waits before attempts. A user who sees one may end it. */
export class RetryWaits {
  readonly #ends = new Map<string, () => void>();

  /** A wait with its own timer elsewhere. */
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
   * @param ms milliseconds
   * @returns true if a user ended it
   * @throws AppError `cancelled` if the caller disconnects meanwhile
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

  /** Ends a call's wait at once; false if the call is not waiting. */
  end(requestId: string): boolean {
    const end = this.#ends.get(requestId);
    end?.();
    return end !== undefined;
  }
}
