import { randomBytes } from 'node:crypto';

const timeDigits = 9;
const countDigits = 3;
const tagDigits = 6;
const countLimit = 32 ** countDigits;

const digits = (value: number, length: number) => value.toString(32).padStart(length, '0');

/** The smallest key that a call at this time can have; keys sort as text. */
export function keyAt(ms: number): string {
  return digits(Math.max(0, Math.floor(ms)), timeDigits);
}

/**
 * Generates unique keys: a time (ms since 1970) in nine base-32 digits, a counter within it, and an id of
 * this process.
 */
export class CallKeys {
  readonly #tag = digits(randomBytes(4).readUInt32BE() % 32 ** tagDigits, tagDigits);
  #ms = 0;
  #time = keyAt(0);
  #count = 0;

  /** Never smaller than the previous key, even if the clock goes back. */
  next(now: number): string {
    if (now > this.#ms) this.#begin(Math.floor(now));
    else if (++this.#count >= countLimit) this.#begin(this.#ms + 1);
    return this.#time + digits(this.#count, countDigits) + this.#tag;
  }

  #begin(ms: number): void {
    this.#ms = ms;
    this.#time = keyAt(ms);
    this.#count = 0;
  }
}
