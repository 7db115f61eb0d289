/** Permission to send one request. */
export interface SendPermission {
  /** Call when the request is sent. */
  sent(): void;
  /** Call when the reply is here or will not come. Only the first call counts. */
  end(isAnswered: boolean): void;
}

/**
 * Providers keep a cached prefix for at least five minutes from the start of the request that wrote or read it
 * (Anthropic; OpenAI: 30 minutes). https://platform.claude.com/docs/en/build-with-claude/prompt-caching
 */
const cacheLifetimeMs = 4.5 * 60_000;
/** Requests do not wait longer than this for a slow leader: a second cache write costs less than the time. */
const maxWaitMs = 30_000;

interface PrefixState {
  /** A leader request, which writes the prefix, is in progress. */
  hasLeader: boolean;
  /** The leader takes longer than `maxWaitMs`, so nothing waits for it. */
  isLeaderSlow: boolean;
  /** Milliseconds of `performance.now()`. */
  cachedUntil: number;
  waiting: Set<() => void>;
}

const unrestricted: SendPermission = { sent: () => {}, end: () => {} };

/**
 * Lets one leader request write a prefix to the provider's cache before this process sends other requests with the same
 * prefix. A prefix is readable only once the first reply begins (same page). Requests that are sent together would each
 * write the prefix and pay for it.
 */
export class CacheGate {
  readonly #prefixes = new Map<string, PrefixState>();

  /**
   * @param prefix names the cached prefix; null if writing it is free or nothing is cached: then there is no wait
   * @returns null if `signal` ended the wait
   */
  async enter(prefix: string | null, signal: AbortSignal): Promise<SendPermission | null> {
    if (prefix === null) return unrestricted;
    const state = this.#stateOf(prefix);
    while (!signal.aborted) {
      if (state.isLeaderSlow || performance.now() < state.cachedUntil) return permissionOf(state, false);
      if (!state.hasLeader) return permissionOf(state, true);
      await untilWoken(state, signal);
    }
    return null;
  }

  #stateOf(prefix: string): PrefixState {
    const known = this.#prefixes.get(prefix);
    if (known) return known;
    const state: PrefixState = { hasLeader: false, isLeaderSlow: false, cachedUntil: 0, waiting: new Set() };
    this.#prefixes.set(prefix, state);
    return state;
  }
}

function permissionOf(state: PrefixState, isLeader: boolean): SendPermission {
  let [startedAt, hasEnded] = [performance.now(), false];
  let timer: NodeJS.Timeout | undefined;
  const stopWaiting = () => {
    state.isLeaderSlow = true;
    wakeAll(state);
  };
  if (isLeader) state.hasLeader = true;
  return {
    sent() {
      startedAt = performance.now();
      if (isLeader) timer ??= setTimeout(stopWaiting, maxWaitMs).unref();
    },
    end(isAnswered) {
      if (hasEnded) return;
      hasEnded = true;
      clearTimeout(timer);
      if (isAnswered) state.cachedUntil = Math.max(state.cachedUntil, startedAt + cacheLifetimeMs);
      if (!isLeader) return;
      [state.hasLeader, state.isLeaderSlow] = [false, false];
      // If the leader failed, the next request becomes the leader.
      wakeAll(state);
    },
  };
}

function wakeAll({ waiting }: PrefixState): void {
  for (const wake of waiting) wake();
  waiting.clear();
}

async function untilWoken({ waiting }: PrefixState, signal: AbortSignal): Promise<void> {
  let wake: () => void = () => {};
  await new Promise<void>((resolve) => {
    wake = resolve;
    waiting.add(wake);
    signal.addEventListener('abort', wake, { once: true });
  });
  waiting.delete(wake);
  signal.removeEventListener('abort', wake);
}
