/** The ways back of what was done in this window, the latest last. */
let steps: { undo: () => void }[] = [];

/** More than anyone goes back. */
const maxSteps = 50;

/**
 * Remembers how something is undone, for Ctrl+Z.
 * @returns undoes it, once
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

/** The latest way back, which is then used up. */
export function takeLatestUndo(): (() => void) | undefined {
  const latest = steps.at(-1);
  steps = steps.slice(0, -1);
  return latest?.undo;
}

/** After an undo by another way nobody knows which of these still hold. */
export function forgetUndo(): void {
  steps = [];
}
