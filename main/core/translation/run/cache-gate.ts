/** A group's way past the gate. */
export interface CacheTurn {
  /** The bytes leave now. */
  sent(): void;
  /** The reply is here, or will not come; what is said first counts. */
  end(isAnswered: boolean): void;
}

/**
 * Providers keep a cached prefix for five minutes at least, from the start of the request that wrote or read it
 * (Anthropic; OpenAI: 30 minutes). https://platform.claude.com/docs/en/build-with-claude/prompt-caching
 */
const lastsMs = 4.5 * 60_000;
/** A first request that takes longer holds nobody up: another write costs less than the time. */
const maxWaitMs = 30_000;

interface Front {
  /** A request that writes it is under way. */
  isLed: boolean;
  /** That one takes too long. */
  isOpen: boolean;
  /** Milliseconds of the process's clock. */
  keptUntil: number;
  waiting: Set<() => void>;
}

const free: CacheTurn = { sent: () => {}, end: () => {} };

/**
 * Lets the first request of a prefix whose cache write is billed arrive before the others of this process are sent. A
 * provider has a prefix from the beginning of the first reply on (same page): requests that are sent together would each
 * write it, and each pay for that.
 */
export class CacheGate {
  readonly #fronts = new Map<string, Front>();

  /**
   * @param front names the prefix that is written; null where none is, or where it costs nothing: then nobody waits
   * @returns null where `signal` ended the wait
   */
  async enter(front: string | null, signal: AbortSignal): Promise<CacheTurn | null> {
    if (front === null) return free;
    const found = this.#of(front);
    while (!signal.aborted) {
      if (found.isOpen || performance.now() < found.keptUntil) return turnOf(found, false);
      if (!found.isLed) return turnOf(found, true);
      await woken(found, signal);
    }
    return null;
  }

  #of(front: string): Front {
    const found = this.#fronts.get(front);
    if (found) return found;
    const made: Front = { isLed: false, isOpen: false, keptUntil: 0, waiting: new Set() };
    this.#fronts.set(front, made);
    return made;
  }
}

function turnOf(front: Front, leads: boolean): CacheTurn {
  let [startedAt, isOver] = [performance.now(), false];
  let timer: NodeJS.Timeout | undefined;
  const open = () => {
    front.isOpen = true;
    wakeAll(front);
  };
  if (leads) front.isLed = true;
  return {
    sent() {
      startedAt = performance.now();
      if (leads) timer ??= setTimeout(open, maxWaitMs).unref();
    },
    end(isAnswered) {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      if (isAnswered) front.keptUntil = Math.max(front.keptUntil, startedAt + lastsMs);
      if (!leads) return;
      [front.isLed, front.isOpen] = [false, false];
      // Where it failed, the next one goes first.
      wakeAll(front);
    },
  };
}

function wakeAll({ waiting }: Front): void {
  for (const wake of waiting) wake();
  waiting.clear();
}

async function woken({ waiting }: Front, signal: AbortSignal): Promise<void> {
  let wake: () => void = () => {};
  await new Promise<void>((resolve) => {
    wake = resolve;
    waiting.add(wake);
    signal.addEventListener('abort', wake, { once: true });
  });
  waiting.delete(wake);
  signal.removeEventListener('abort', wake);
}
