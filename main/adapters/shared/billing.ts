import type { Billing, JsonObject } from '../define.ts';
import { arr, isObject, str } from './read.ts';

/** Collects what a body can cost while an adapter walks through it. */
export class BillingReader {
  readonly #unbounded: string[] = [];
  #images = 0;
  #imageBytes = 0;
  #inputFactor = 1;
  #replies = 1;
  #extraOutput = 0;
  #extraPrompt = 0;
  #beyondTokens = false;
  readonly #limits: number[] = [];
  readonly #otherLimits: number[] = [];
  #limitUnreadable = false;

  /**
   * Records why there is no upper bound; `what` is the place in the body. Token counts will not show the
   * whole cost.
   */
  unbounded(what: string, reason: string): void {
    this.#beyondTokens = true;
    this.uncounted(what, reason);
  }

  /**
   * As `unbounded`, for content billed as plain tokens that cannot be counted beforehand: a document, a
   * video.
   */
  uncounted(what: string, reason: string): void {
    const line = `${what}: ${reason}`;
    if (!this.#unbounded.includes(line)) this.#unbounded.push(line);
  }

  /** @param inline characters of the body that are the image itself (base64), and not text */
  image(inline = 0): void {
    this.#images += 1;
    this.#imageBytes += inline;
  }

  /** Prompt tokens may be billed at this multiple of the input price (written to a cache, a surcharge). */
  inputFactor(factor: number): void {
    this.#inputFactor = Math.max(this.#inputFactor, factor);
  }

  /** Prompt tokens that are not in the body. */
  extraPrompt(tokens: number): void {
    this.#extraPrompt += tokens;
  }

  /**
   * An image by URL, inline or not. Inline content that is not an image has an unknown cost: a document is
   * billed by pages.
   */
  imageAt(url: unknown, path: string): void {
    const text = str(url) ?? '';
    if (/^data:(?!image\/)/i.test(text))
      this.uncounted(
        path,
        `how much a ${/^data:([^;,]*)/i.exec(text)?.[1] || 'file'} holds cannot be told beforehand`,
      );
    else this.image(inlineLength(text));
  }

  /** A limit under a name that some servers ignore: it can raise the limit, but is not one by itself. */
  otherLimit(value: unknown): void {
    const number = count(value);
    if (number !== null) this.#otherLimits.push(number);
  }

  /**
   * The reply's limit in the body. If there are several, the largest counts, because a server may read
   * either.
   */
  limit(value: unknown): void {
    if (value === undefined || value === null) return;
    // Some servers read a string or a fraction, others ignore it.
    if (typeof value === 'number' && Number.isInteger(value)) this.#limits.push(value);
    else this.#limitUnreadable = true;
  }

  /** Additional tokens that may be billed as output beyond the reply's limit. */
  extraOutput(value: unknown): void {
    this.#extraOutput += Math.max(0, count(value) ?? 0);
  }

  /** The number of requested replies; the largest of the values in the body. */
  replies(value: unknown): void {
    this.#replies = Math.max(this.#replies, count(value) ?? 1);
  }

  /**
   * Checks the fields of an object against the protocol's tables.
   * @param free fields that cannot add cost beyond the text and the limits read elsewhere
   * @param read fields that can, each with its reader
   */
  fields(
    value: JsonObject,
    path: string,
    free: ReadonlySet<string>,
    read: Readonly<Record<string, (value: unknown, path: string) => void>> = {},
  ): void {
    for (const [name, inner] of Object.entries(value)) {
      if (inner === undefined || inner === null) continue;
      const at = path ? `${path}.${name}` : name;
      const reader = Object.hasOwn(read, name) ? read[name] : undefined;
      if (reader) reader(inner, at);
      else if (!free.has(name)) this.unbounded(at, 'this field is not known, and may cost something');
    }
  }

  result(): Billing {
    // Some servers read zero and below as "no limit".
    const readable = !this.#limitUnreadable && this.#limits.length > 0 && this.#limits.every((n) => n >= 1);
    return {
      images: this.#images,
      imageBytes: this.#imageBytes,
      inputFactor: this.#inputFactor,
      replies: this.#replies,
      maxOutput: readable ? Math.max(...this.#limits, ...this.#otherLimits) : undefined,
      extraOutput: this.#extraOutput,
      extraPrompt: this.#extraPrompt,
      unbounded: this.#unbounded,
      beyondTokens: this.#beyondTokens,
    };
  }
}

/** A whole number, also as a string; fractions are rounded up. Null for anything else. */
function count(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return null;
  return number > 0 && number < 1 ? 0 : Math.ceil(number);
}

/** The length of a `data:` URL, 0 for any other: the part of the body that is image data. */
function inlineLength(url: unknown): number {
  const text = str(url) ?? '';
  return text.startsWith('data:') ? text.length : 0;
}

/** A value's size in bytes as JSON, an upper bound of its tokens. */
export const jsonBytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length;

/** Calls `visit` for each object in a list, or for a single object in its place, with its path. */
export function eachObject(
  list: unknown,
  path: string,
  visit: (item: JsonObject, path: string) => void,
): void {
  if (isObject(list)) visit(list, path);
  arr(list).forEach((item, index) => {
    if (isObject(item)) visit(item, `${path}[${index}]`);
  });
}

/** A set of field names from space-separated words, so that tables stay readable. */
export const names = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));
