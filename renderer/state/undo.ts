/** Undo steps of this window, latest last. */
let steps: { undo: () => void }[] = [];

/** More steps than anyone undoes. */
const maxSteps = 50;

/**
 * Registers an undo step for Ctrl+Z.
 * @returns a function that undoes it, once
 */
export function rememberUndo(undo: () => void): () => void {
  const step = { undo };
  steps = [...steps, step].slice(-maxSteps);
  return () => {
    if (!steps.includes(step)) return;
    steps = steps.filter((other) => other !== step);
    undo();
  };
}

/** Removes and returns the latest undo step. */
export function takeLatestUndo(): (() => void) | undefined {
  const latest = steps.at(-1);
  steps = steps.slice(0, -1);
  return latest?.undo;
}

/** After an undo by another way, it is unclear which steps are still valid. */
export function forgetUndo(): void {
  steps = [];
}
