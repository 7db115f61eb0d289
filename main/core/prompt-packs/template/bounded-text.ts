import type { Emitter } from 'liquidjs';

/** Collects a rendering up to a length; a value that has no plain text is refused rather than written as `[object Object]`. */
export class BoundedText implements Emitter {
  buffer = '';
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  write(value: unknown): void {
    if (value === null || value === undefined) return;
    if (typeof value === 'object')
      throw new Error('a list or an object is no text: write it with "| json" or "| join"');
    const text = String(value);
    if (this.buffer.length + text.length > this.#limit)
      throw new Error(`the text grows beyond ${this.#limit} characters`);
    this.buffer += text;
  }
}
