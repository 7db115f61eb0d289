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

  /** Notes why no upper bound can be given; `what` names the place in the body. Token counts will not show it all. */
  unbounded(what: string, reason: string): void {
    this.#beyondTokens = true;
    this.uncounted(what, reason);
  }

  /** As `unbounded`, for what is billed as plain tokens that nobody can count beforehand: a document, a video. */
  uncounted(what: string, reason: string): void {
    const line = `${what}: ${reason}`;
    if (!this.#unbounded.includes(line)) this.#unbounded.push(line);
  }

  /** @param inline characters of the body that are the image itself (base64), and not text */
  image(inline = 0): void {
    this.#images += 1;
    this.#imageBytes += inline;
  }

  /** Prompt tokens may be billed at so many times the input price (written to a cache, a surcharge). */
  inputFactor(factor: number): void {
    this.#inputFactor = Math.max(this.#inputFactor, factor);
  }

  /** Prompt tokens that are not in the body. */
  extraPrompt(tokens: number): void {
    this.#extraPrompt += tokens;
  }

  /**
   * An image by its address, inline or not. What is inline and no image is not known: a document is billed by pages.
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

  /** A limit under a name that some servers do not read: it can raise the limit, but is none by itself. */
  otherLimit(value: unknown): void {
    const number = count(value);
    if (number !== null) this.#otherLimits.push(number);
  }

  /** A limit of the reply as the body says it. Where it says several, the largest counts: a server may read either. */
  limit(value: unknown): void {
    if (value === undefined || value === null) return;
    // A text or a fraction is read by some servers and ignored by others.
    if (typeof value === 'number' && Number.isInteger(value)) this.#limits.push(value);
    else this.#limitUnreadable = true;
  }

  /** Tokens that may be billed as output on top of the reply's limit. */
  extraOutput(value: unknown): void {
    this.#extraOutput += Math.max(0, count(value) ?? 0);
  }

  /** How many replies are asked for; the largest of what the body says in different places. */
  replies(value: unknown): void {
    this.#replies = Math.max(this.#replies, count(value) ?? 1);
  }

  /**
   * Judges the fields of an object by the protocol's own tables.
   * @param free fields that cannot add to the bill beyond the text and the limits that are read elsewhere
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
    // Zero and below mean "no limit" to some servers.
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

/** A whole number, also where it is written as a text; fractions are rounded up. Null for anything else. */
function count(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return null;
  return number > 0 && number < 1 ? 0 : Math.ceil(number);
}

/** Characters of a `data:` address, 0 for any other: what of the body is an image's bytes. */
export function inlineLength(url: unknown): number {
  const text = str(url) ?? '';
  return text.startsWith('data:') ? text.length : 0;
}

/** Bytes of a value as JSON: no text has more tokens. */
export const jsonBytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length;

/** Calls `visit` for each object in a list, or for the one that stands in its place, with its place. */
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

/** A set of field names from words separated by spaces, so that a table reads like one. */
export const names = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));
