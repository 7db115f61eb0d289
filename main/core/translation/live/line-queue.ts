import { AppError } from '../../lib/app-error.ts';

/** How long a line waits for others. A game requests all lines of a page at once. */
const gatherMs = 40;
/** Lines in one request. The player waits for all of them. */
const maxLines = 20;
/** More lines than a game shows on one page. */
const maxWaiting = 200;

interface WaitingLine {
  text: string;
  resolve(target: string): void;
  reject(error: unknown): void;
}

/** Translates texts. Each text gets its translation or an error. */
type Send = (texts: readonly string[]) => Promise<Map<string, string | AppError>>;

/** Combines lines that are requested together into one request. Sends one request at a time, and equal texts once. */
export class LineQueue {
  readonly #send: Send;
  #waiting: WaitingLine[] = [];
  /** True from the first waiting line until no line waits. */
  #busy = false;

  constructor(send: Send) {
    this.#send = send;
  }

  /** @throws AppError `server_busy` if too many lines wait; the errors of `send` */
  add(text: string): Promise<string> {
    if (this.#waiting.length >= maxWaiting)
      throw new AppError('server_busy', `${maxWaiting} lines wait for a translation already`);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ text, resolve, reject });
      if (this.#busy) return;
      this.#busy = true;
      setTimeout(() => void this.#sendAll(), gatherMs);
    });
  }

  async #sendAll(): Promise<void> {
    while (this.#waiting.length) {
      const texts = [...new Set(this.#waiting.map(({ text }) => text))].slice(0, maxLines);
      const group = this.#waiting.filter(({ text }) => texts.includes(text));
      this.#waiting = this.#waiting.filter(({ text }) => !texts.includes(text));
      await this.#answer(texts, group);
    }
    this.#busy = false;
  }

  async #answer(texts: readonly string[], group: readonly WaitingLine[]): Promise<void> {
    try {
      const targets = await this.#send(texts);
      for (const { text, resolve, reject } of group) {
        const target = targets.get(text);
        if (typeof target === 'string') resolve(target);
        else reject(target ?? new AppError('internal_error', 'a line has no answer'));
      }
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}
