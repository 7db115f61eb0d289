/**
 * Tells that a caller left. One is made for every call and aborted for hardly any, so it is a tenth of an
 * `AbortSignal`, which it becomes for whoever needs one.
 */
export class CallSignal {
  aborted = false;
  reason: unknown;
  #listeners: Set<() => void> | undefined;
  #controller: AbortController | undefined;

  /** @param reason the error that the call ends with; the caller's leaving unless given */
  abort(reason: Error = new DOMException('the caller left', 'AbortError')): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    this.#controller?.abort(this.reason);
    const listeners = this.#listeners ?? [];
    this.#listeners = undefined;
    for (const listener of listeners) listener();
  }

  /** Calls `listener` once when the caller leaves; returns the function that takes that back. */
  onAbort(listener: () => void): () => void {
    const listeners = (this.#listeners ??= new Set());
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  get abortSignal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.aborted) this.#controller.abort(this.reason);
    }
    return this.#controller.signal;
  }
}

/** What ends a call before its time: the HTTP door's own kind, or any other's. */
export type AnySignal = CallSignal | AbortSignal;

/** For interfaces that take nothing else. */
export function abortSignalOf(signal: AnySignal): AbortSignal {
  return signal instanceof CallSignal ? signal.abortSignal : signal;
}

/** Calls `listener` when `signal` is aborted; returns the function that takes that back. */
export function onAbort(signal: AnySignal, listener: () => void): () => void {
  if (signal instanceof CallSignal) return signal.onAbort(listener);
  signal.addEventListener('abort', listener, { once: true });
  return () => signal.removeEventListener('abort', listener);
}
