import { createHash } from 'node:crypto';
import type { CodedText } from '../../../../contract/coded-texts.ts';
import type { LeftOutPart } from '../../../../contract/sillytavern.ts';
import { codedText, detailOf } from '../../lib/coded-text.ts';
import type { JsonObject } from '../../lib/json.ts';

type Reason = CodedText<'import_left_out'>;

/** Maximum length of a single imported text, in characters. */
const maxText = 50_000;

/** Reasons that fields of several kinds of files have. */
export const addressOfProvider = codedText(
  'import_left_out',
  'address',
  {},
  'a preset has no address: change that of the provider',
);
export const dataOfExtensions = codedText(
  'import_left_out',
  'extensions',
  {},
  'data of SillyTavern’s extensions, scripts among them, has no use here',
);

/**
 * Reads the known fields of an untrusted object; a field with the wrong type is left out, with the reason.
 */
export class Fields {
  readonly #object: JsonObject;
  readonly #path: string;
  readonly leftOut: LeftOutPart[];

  constructor(object: JsonObject, path: string, leftOut: LeftOutPart[]) {
    this.#object = object;
    this.#path = path;
    this.leftOut = leftOut;
  }

  value(name: string): unknown {
    return Object.hasOwn(this.#object, name) ? this.#object[name] : undefined;
  }

  has(name: string): boolean {
    const value = this.value(name);
    return value !== undefined && value !== null && value !== '';
  }

  leave(name: string, reason: Reason): void {
    const path = this.#path ? `${this.#path}.${name}` : name;
    this.leftOut.push({ path, reason: reason.message, reason_detail: detailOf(reason) });
  }

  /** Leaves out each of these fields that has a value. */
  leaveAll(names: readonly string[], reason: Reason): void {
    for (const name of names) {
      const value = this.value(name);
      const empty = Array.isArray(value) ? value.length === 0 : value === false || value === 0;
      if (this.has(name) && !empty) this.leave(name, reason);
    }
  }

  /** A text without control characters; empty if there is none. */
  text(name: string): string {
    const value = this.value(name);
    if (value === undefined || value === null) return '';
    if (typeof value !== 'string')
      return (this.leave(name, codedText('import_left_out', 'not_text', {}, 'it is no text')), '');
    // oxlint-disable-next-line no-control-regex -- these are what is taken out
    const clean = value.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '').trim();
    if (clean.length <= maxText) return clean;
    const reason = `it is longer than ${maxText} characters`;
    this.leave(name, codedText('import_left_out', 'too_long', { characters: maxText }, reason));
    return '';
  }

  texts(name: string): string[] {
    const value = this.value(name);
    return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
  }

  /** A finite number; some versions write numbers as strings. */
  number(name: string): number | undefined {
    const value = this.value(name);
    if (value === undefined || value === null || value === '') return undefined;
    const number = typeof value === 'string' ? Number(value) : value;
    if (typeof number === 'number' && Number.isFinite(number)) return number;
    this.leave(name, codedText('import_left_out', 'not_number', {}, 'it is no number'));
    return undefined;
  }
}

/**
 * Derives an id from a name: `My Preset (v2)` becomes `my-preset-v2`. Letters that an id cannot contain are
 * replaced by a short hash of the name, so that two such names never give the same id.
 */
export function idOf(prefix: string, name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  const lossless = /^[\x20-\x7e]*$/.test(name) && plain !== '';
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 6);
  return [prefix, plain, lossless ? '' : hash].filter(Boolean).join('-');
}
