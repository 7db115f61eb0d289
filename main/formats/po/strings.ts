import { fileFault, type PoFault } from '../file-fault.ts';
import { failAt } from '../shared/text-format.ts';

/** @throws FormatError with the line of the text offset */
export function failAtPo(text: string, offset: number, fault: PoFault, message: string): never {
  return failAt(text, offset, (line) => fileFault('po', { line, fault }, `Line ${line}: ${message}`));
}

interface Piece {
  value: string;
  from: number;
  to: number;
}

const escapes: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\x07',
  '"': '"',
  '\\': '\\',
};

/**
 * The quoted strings of one line. Several strings are one text, as in C.
 * @throws FormatError for a string that is never closed, or for other text on the line
 */
export function* readStrings(text: string, from: number, end: number): Generator<Piece> {
  let at = from;
  for (;;) {
    while (at < end && (text[at] === ' ' || text[at] === '\t')) at += 1;
    if (at >= end) return;
    if (text[at] !== '"') failAtPo(text, at, 'not_quoted', 'only quoted strings are allowed here.');
    const start = at;
    let value = '';
    let plain = start + 1;
    at = plain;
    while (at < end && text[at] !== '"') {
      if (text[at] !== '\\') {
        at += 1;
        continue;
      }
      value += text.slice(plain, at);
      const escape = readEscape(text, at, end);
      value += escape.value;
      at += escape.length;
      plain = at;
    }
    if (at >= end)
      failAtPo(
        text,
        start,
        'unclosed_string',
        'the string that begins on this line is never closed. Write a quote within it as \\".',
      );
    value += text.slice(plain, at);
    at += 1;
    yield { value, from: start, to: at };
  }
}

function readEscape(text: string, at: number, end: number): { value: string; length: number } {
  const sequence = text.slice(at + 1, Math.min(end, at + 4));
  const known = escapes[sequence[0] ?? ''];
  if (known !== undefined) return { value: known, length: 2 };
  const octal = /^[0-7]{1,3}/.exec(sequence)?.[0];
  if (octal !== undefined) return { value: character(Number.parseInt(octal, 8)), length: 1 + octal.length };
  const hex = /^x([0-9a-fA-F]{1,2})/.exec(sequence);
  if (hex !== null) return { value: character(Number.parseInt(hex[1] ?? '', 16)), length: 1 + hex[0].length };
  const escape = `\\${sequence[0] ?? ''}`;
  return failAt(text, at, (line) =>
    fileFault('po_escape', { line, escape }, `Line ${line}: gettext does not know the escape “${escape}”.`),
  );
}

function character(code: number): string {
  return String.fromCharCode(code);
}

/** A text as PO strings, one for each line, as gettext's own tools write it. */
export function poLiteral(text: string, ending: string): string {
  const lines = text.split(/(?<=\n)/);
  const quoted = lines.map((line) => `"${escape(line)}"`);
  return quoted.length > 1 ? ['""', ...quoted].join(ending) : (quoted[0] ?? '""');
}

function escape(text: string): string {
  return (
    text
      .replaceAll('\\', '\\\\')
      .replaceAll('"', '\\"')
      .replaceAll('\n', '\\n')
      .replaceAll('\t', '\\t')
      .replaceAll('\r', '\\r')
      // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
      .replace(/[\0-\x1f\x7f]/g, (unit) => `\\${unit.charCodeAt(0).toString(8).padStart(3, '0')}`)
  );
}
