import type { ByteSpan } from '../define.ts';
import { PRIVATE_START, SPACES, strip } from './spaces.ts';

const UNICODE_RUN = new RegExp(`[${SPACES}]+`, 'gu');
const ASCII_RUN = /[ \n]+/gu;
/** What the engine's lexer folds away although the text may mean it, as French needs its no-break spaces. */
const FOLDED = /(?<= ) |[^\S ]|\p{Cc}/gu;

/** How a text stands in the file: decides how a translation of it is written. */
export type Quoting = '"' | "'" | '`' | '"""' | "'''" | '```';

/**
 * The text of a quoted string in a script, as the engine stores it.
 * @param inner between the quotes
 * @param ascii see `RenpyGame.asciiFolding`
 */
export function sayText(inner: string, raw: boolean, ascii: boolean): string {
  if (raw) return inner;
  const folded = inner.replace(ascii ? ASCII_RUN : UNICODE_RUN, ' ');
  return unescapeAll(folded);
}

/** Triple-quoted text under `rpy monologue none`: one text that keeps its line breaks. */
export function unfoldedText(inner: string): string {
  return unescapeAll(strip(inner.replace(/ *\n */gu, '\n')).replace(/ +/gu, ' '));
}

function unescapeAll(text: string): string {
  return text.includes('\\') ? text.replace(/\\(?:u([0-9a-fA-F]{1,4})|(.))/gu, unescape) : text;
}

function unescape(_whole: string, code: string | undefined, char: string | undefined): string {
  if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
  if (char === 'n') return '\n';
  // Special to text tags, interpolation and percent formats: doubled, it stands for itself.
  if (char === '{' || char === '[' || char === '%') return char + char;
  // The engine drops an unfinished `\u`.
  return char === 'u' ? '' : char!;
}

/** The paragraphs of triple-quoted text, one say statement each, with their spans within `inner`. */
export function monologue(
  inner: string,
  delimiter: 'single' | 'double',
  ascii: boolean,
): (ByteSpan & { text: string })[] {
  const breaks = delimiter === 'single' ? / *\n */gu : / *\n *\n */gu;
  const paragraphs: (ByteSpan & { text: string })[] = [];
  let from = 0;
  const add = (to: number) => {
    const part = inner.slice(from, to);
    const trimmed = strip(part);
    if (trimmed === '') return;
    const start = from + part.indexOf(trimmed);
    paragraphs.push({ from: start, to: start + trimmed.length, text: sayText(trimmed, false, ascii) });
  };
  for (const match of inner.matchAll(breaks)) {
    add(match.index);
    from = match.index + match[0].length;
  }
  add(inner.length);
  return paragraphs;
}

/** The canonical form of a text, of which Ren'Py makes its identifiers; also what `renpy translate` writes. */
export function canonicalSayText(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');
  return `"${escaped.replace(/(?<= ) /gu, '\\ ')}"`;
}

/** A text for between the quotes of a say statement or menu choice, so that every engine version reads back the same. */
export function quoteSayText(text: string, quoting: Quoting): string {
  const quote = quoting[0]!;
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll(quote, `\\${quote}`)
    .replace(PRIVATE_START, '\\u005f')
    .replace(FOLDED, (space) =>
      space === ' ' ? '\\ ' : `\\u${space.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}

/**
 * Doubles percent signs that are no part of `%%` or `%(name)s`: dialogue goes through Python's `%` operator, which
 * stops the game at a single one.
 */
export function doublePercent(text: string): string {
  return text.replace(/%%|%\([^)]*\)[#0 +-]*\d*(?:\.\d+)?[hlL]?[diouxXeEfFgGcrs]|%/gu, (part) =>
    part === '%' ? '%%' : part,
  );
}
