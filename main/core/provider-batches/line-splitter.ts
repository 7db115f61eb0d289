const newline = 10;

/** Splits bytes that arrive in pieces into lines of text. */
export class LineSplitter {
  #kept: Buffer[] = [];

  /** The lines that end in this piece. */
  push(chunk: Buffer): string[] {
    const lines: string[] = [];
    let from = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      this.#kept.push(chunk.subarray(from, end));
      lines.push(this.rest());
      from = end + 1;
    }
    if (from < chunk.length) this.#kept.push(Buffer.from(chunk.subarray(from)));
    return lines;
  }

  /** The text after the last line break. */
  rest(): string {
    const text = Buffer.concat(this.#kept).toString('utf8');
    this.#kept = [];
    return text;
  }
}
