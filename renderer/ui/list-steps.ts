const steps: Record<string, (at: number, last: number) => number> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_at, last) => last,
};

/** The row to which a key moves from row `at`; null for any other key. */
export function stepOf(key: string, at: number, count: number): number | null {
  return steps[key]?.(at, count - 1) ?? null;
}

const folded = (text: string) => text.trim().toLocaleLowerCase();

/**
 * The next row whose label begins with the typed text; null if there is none. A single letter, even repeated,
 * moves from row to row; a longer word may stay at the current row.
 */
export function typedRow(word: string, at: number, labels: readonly string[]): number | null {
  const letters = [...folded(word)];
  const isOneLetter = letters.every((letter) => letter === letters[0]);
  const wanted = isOneLetter ? (letters[0] ?? '') : letters.join('');
  if (wanted === '') return null;
  const first = isOneLetter ? at + 1 : at;
  for (let i = 0; i < labels.length; i++) {
    const row = (first + i) % labels.length;
    if (folded(labels[row] ?? '').startsWith(wanted)) return row;
  }
  return null;
}
