export interface Part {
  text: string;
  marked: boolean;
}

/**
 * Splits a text at the words to mark, ignoring case. Longer words come first, so that `{i}{b}` is found
 * before `{i}`.
 */
export function markedParts(text: string, marks: readonly string[]): Part[] {
  const sortedMarks = [...new Set(marks.filter((word) => word !== ''))].sort((a, b) => b.length - a.length);
  if (sortedMarks.length === 0) return [{ text, marked: false }];
  const pattern = new RegExp(
    `(${sortedMarks.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('|')})`,
    'giu',
  );
  return text
    .split(pattern)
    .map((part, at) => ({ text: part, marked: at % 2 === 1 }))
    .filter((part) => part.text !== '');
}
