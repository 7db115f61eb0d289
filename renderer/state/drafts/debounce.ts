const quietMs = 500;
/** Who types without a pause loses no more than this. */
const maxMs = 2000;

/** Calls `save` after a pause in the changes, every two seconds while there is none, and at once when the window goes away. */
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
