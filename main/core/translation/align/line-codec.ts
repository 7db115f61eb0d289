/** Marks for a line break inside a text. A group uses the first one that none of its texts contains. */
const breakMarks = ['<br>', '⏎', '<line-break>'] as const;

/** The mark for a group of texts; null if none of them has a line break. */
export function breakMarkFor(texts: readonly string[]): string | null {
  if (!texts.some((text) => /[\r\n]/.test(text))) return null;
  return breakMarks.find((mark) => !texts.some((text) => text.includes(mark))) ?? breakMarks[2];
}

/** Puts a text on one line, without outer white space; `fromReply` restores both. */
export function toLine(text: string, mark: string | null): string {
  return text.trim().replace(/\r\n|\r|\n/g, mark ?? ' ');
}

/** Restores line breaks and outer white space as in the source. */
export function fromReply(reply: string, source: string, mark: string | null): string {
  const text = (mark === null ? reply : reply.split(mark).join('\n')).trim();
  if (text === '') return '';
  const newline = source.includes('\r\n') ? '\r\n' : '\n';
  const [before = ''] = /^\s*/.exec(source) ?? [];
  const [after = ''] = /\s*$/.exec(source) ?? [];
  return before + text.replaceAll('\n', newline) + after;
}
