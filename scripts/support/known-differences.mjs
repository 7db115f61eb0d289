/**
 * The differences of `registry/known-differences.json`, which were reviewed and accepted.
 * @param {{ differences: { because: string, as_of: string, lines: string[] }[] }} file each line is `section: line`
 */
export function knownDifferences({ differences }) {
  const rest = new Set(differences.flatMap(({ lines }) => lines));
  const all = new Set(rest);
  return {
    /** Whether exactly this line is explained: another price or date is a new difference. */
    explains(section, line) {
      const key = `${section}: ${line}`;
      rest.delete(key);
      return all.has(key);
    },
    /** Explained lines that no longer occur, so that their explanation is obsolete. */
    unseen: () => [...rest],
  };
}
