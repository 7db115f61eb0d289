/** A signal that ends with the caller's, or when its time is over. */
export interface Deadline {
  signal: AbortSignal;
  /** To be called when the work is over: nothing is held on to. */
  end(): void;
}

/**
 * The caller's signal with a time limit. By hand, since Node 20 can lose a signal of `AbortSignal.any` to the garbage
 * collector before it fires (nodejs/node#54614).
 * @param ms after that the signal's reason is a `TimeoutError`
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
