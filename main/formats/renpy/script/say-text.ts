import type { ByteSpan } from '../../define.ts';
import { PRIVATE_START, SPACES, strip } from './spaces.ts';

const UNICODE_RUN = new RegExp(`[${SPACES}]+`, 'gu');
const ASCII_RUN = /[ \n]+/gu;
/** White space that the engine's lexer would fold. A text may need it: French uses no-break spaces. */
const FOLDED = /(?<= ) |[^\S ]|\p{Cc}/gu;

/** The quotes of a text in the file. A translation is written with the same quotes. */
export type Quoting = '"' | "'" | '`' | '"""' | "'''" | '```';

/**
 * The text of a quoted string in a script, as the engine stores it.
 * @param inner the text between the quotes
 * @param ascii see `RenpyGame.asciiFolding`
 */
export function sayText(inner: string, raw: boolean, ascii: boolean): string {
  if (raw) return inner;
  const folded = inner.replace(ascii ? ASCII_RUN : UNICODE_RUN, ' ');
  return unescapeAll(folded);
}

/** Triple-quoted text after `rpy monologue none`: one text, including its line breaks. */
export function unfoldedText(inner: string): string {
  return unescapeAll(strip(inner.replace(/ *\n */gu, '\n')).replace(/ +/gu, ' '));
}

function unescapeAll(text: string): string {
  return text.includes('\\') ? text.replace(/\\(?:u([0-9a-fA-F]{1,4})|(.))/gu, unescape) : text;
}

function unescape(_whole: string, code: string | undefined, char: string | undefined): string {
  if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
  if (char === 'n') return '\n';
  // These begin text tags, interpolations and percent formats. Doubled, they are plain characters.
  if (char === '{' || char === '[' || char === '%') return char + char;
  // The engine drops an incomplete `\u`.
  return char === 'u' ? '' : char!;
}

/** The paragraphs of triple-quoted text, each a say statement, with their spans within `inner`. */
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

/** The canonical form of a text: Ren'Py computes identifiers from it, and `renpy translate` writes it. */
export function canonicalSayText(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');
  return `"${escaped.replace(/(?<= ) /gu, '\\ ')}"`;
}

/** Escapes a text for a say statement or menu choice. Every version of the engine reads it back unchanged. */
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
 * Doubles percent signs that are not part of `%%` or `%(name)s`. The engine applies Python's `%` operator to dialogue, and
 * a single percent sign would stop the game.
 */
export function doublePercent(text: string): string {
  return text.replace(/%%|%\([^)]*\)[#0 +-]*\d*(?:\.\d+)?[hlL]?[diouxXeEfFgGcrs]|%/gu, (part) =>
    part === '%' ? '%%' : part,
  );
}
