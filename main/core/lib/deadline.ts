/** A signal that is aborted with the caller's, or when the time limit ends. */
export interface Deadline {
  signal: AbortSignal;
  /** Releases timer and listeners; call it when the work is over. */
  end(): void;
}

/**
 * Combines the caller's signal with a time limit. Does not use `AbortSignal.any`, because Node 20 can
 * garbage-collect its signal before it fires (nodejs/node#54614).
 * @param ms afterwards the signal's reason is a `TimeoutError`
 */
export function withDeadline(caller: AbortSignal, ms: number): Deadline {
  const controller = new AbortController();
  const leave = () => controller.abort(caller.reason);
  const timer = setTimeout(() => {
    controller.abort(new DOMException(`it took longer than ${ms / 1000} s`, 'TimeoutError'));
  }, ms);
  timer.unref();
  if (caller.aborted) leave();
  else caller.addEventListener('abort', leave, { once: true });
  return {
    signal: controller.signal,
    end() {
      clearTimeout(timer);
      caller.removeEventListener('abort', leave);
    },
  };
}
