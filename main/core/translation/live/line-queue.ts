import { AppError } from '../../lib/app-error.ts';

/** How long a line waits for others: a game draws all of a page at once. */
const gatherMs = 40;
/** Lines of one request: a player waits for all of them. */
const maxLines = 20;
/** More than a game shows before the player turns the page. */
const maxWaiting = 200;

interface Waiting {
  text: string;
  resolve(target: string): void;
  reject(error: unknown): void;
}

/** Sends texts; a text has its translation, or the error that says why there is none. */
type Send = (texts: readonly string[]) => Promise<Map<string, string | AppError>>;

/** Lines that are asked for side by side go out together, one request at a time; the same text goes out once. */
export class LineQueue {
  readonly #send: Send;
  #waiting: Waiting[] = [];
  /** From the moment a group is gathered until nothing waits any more. */
  #busy = false;

  constructor(send: Send) {
    this.#send = send;
  }

  /** @throws AppError `server_busy` where too many wait; what `send` throws */
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

  async #answer(texts: readonly string[], group: readonly Waiting[]): Promise<void> {
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
