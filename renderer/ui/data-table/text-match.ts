/**
 * Creates a filter for rows that contain every word of a query, ignoring case. A row's text is built once and
 * cached per row object, so that a keystroke over thousands of rows takes a few milliseconds.
 */
export function createTextMatch<T extends object>(
  textOf: (row: T) => string,
): (query: string) => ((row: T) => boolean) | undefined {
  const texts = new WeakMap<T, string>();
  function lowerText(row: T): string {
    const known = texts.get(row);
    if (known !== undefined) return known;
    const text = textOf(row).toLowerCase();
    texts.set(row, text);
    return text;
  }
  return (query) => {
    const terms = query.toLowerCase().split(/\s+/).filter(Boolean);
    if (terms.length === 0) return undefined;
    return (row) => {
      const text = lowerText(row);
      return terms.every((term) => text.includes(term));
    };
  };
}
