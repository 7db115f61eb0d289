/** The offsets of a line: `end` is before its line ending, `next` after it. */
export interface Line {
  start: number;
  end: number;
  next: number;
}

/** The lines of a text, which end with `\r\n`, `\n` or `\r`. An ending at the end of the text begins no further line. */
export function* linesOf(text: string): Generator<Line> {
  let start = 0;
  while (start < text.length) {
    let end = start;
    while (end < text.length) {
      const code = text.charCodeAt(end);
      if (code === 10 || code === 13) break;
      end += 1;
    }
    const isPair = text.charCodeAt(end) === 13 && text.charCodeAt(end + 1) === 10;
    const next = Math.min(text.length, end + (isPair ? 2 : 1));
    yield { start, end, next };
    start = next;
  }
}

/** The first line ending of a text; `\n` if it has none. */
export function lineEnding(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}
