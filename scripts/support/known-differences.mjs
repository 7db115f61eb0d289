/**
 * The differences of `registry/known-differences.json`, which somebody looked at and left.
 * @param {{ differences: { because: string, as_of: string, lines: string[] }[] }} file each line is `section: line`
 */
export function knownDifferences({ differences }) {
  const rest = new Set(differences.flatMap(({ lines }) => lines));
  const all = new Set(rest);
  return {
    /** True for a line that is explained word for word: another price or date is a new difference. */
    explains(section, line) {
      const key = `${section}: ${line}`;
      rest.delete(key);
      return all.has(key);
    },
    /** Explained lines that nothing asked for: their reason is stale. */
    unseen: () => [...rest],
  };
}
