const quietMs = 500;
/** With continuous typing, at most this much is lost. */
const maxMs = 2000;

/**
 * Calls `save` after a pause in the changes, every two seconds without a pause, and at once when the window
 * closes or is hidden.
 */
export function debounce(save: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let since = 0;
  const run = () => {
    clearTimeout(timer);
    timer = undefined;
    save();
  };
  const now = () => void (timer !== undefined && run());
  window.addEventListener('pagehide', now);
  document.addEventListener('visibilitychange', now);
  return () => {
    const at = performance.now();
    if (timer === undefined) since = at;
    clearTimeout(timer);
    timer = setTimeout(run, Math.max(0, Math.min(quietMs, since + maxMs - at)));
  };
}
