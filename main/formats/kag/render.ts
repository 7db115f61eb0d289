import { WriteFault } from '../shared/text-format.ts';
import { tokensOf, type Attribute } from './tokens.ts';

const endsEscaped = /(?<!\\)(?:\\\\)*\\\s*$/;
const noLetter = 'A value without a letter would remove the text.';
const expression = 'A value that begins with “&” or “%” is an expression.';
const empty = 'An empty translation would remove the text.';

/**
 * Formats a text for a scenario. Line breaks become `[r]` and a new line: without `[r]`, TyranoScript would join the lines,
 * and this format would read them as two texts.
 * @param startsLine only white space precedes the text on its line
 */
export function renderText(target: string, ending: string, startsLine: boolean): string | WriteFault {
  const lines = target.split(/\r\n|\n|\r/);
  if (target.trim() === '') return new WriteFault(empty);
  if (lines.some((line) => line.trim() === ''))
    return new WriteFault('The text cannot contain an empty line.');
  if (lines.some((line) => endsEscaped.test(line))) {
    return new WriteFault(
      'A line cannot end with a backslash: the engine would read the tag after it as text.',
    );
  }
  for (const [index, line] of lines.entries()) {
    const tokens = tokensOf(line, 0, line.length);
    if (!tokens.some((token) => token.kind === 'text' && line.slice(token.from, token.to).trim() !== '')) {
      return new WriteFault('A line of nothing but tags has no text.');
    }
    const last = tokens.at(-1);
    if (last?.kind === 'tag' && !last.isClosed) {
      return new WriteFault('A tag has no closing bracket. Write a bracket in the text as “[[”.');
    }
    if ((index > 0 || startsLine) && line.trim() === '/*') {
      return new WriteFault('A line cannot be “/*” alone: the engine reads it as the start of a comment.');
    }
    const first = line.trimStart()[0] ?? '';
    if ((index > 0 || startsLine) && ';*@#'.includes(first)) {
      return new WriteFault(
        `A line cannot begin with “${first}”: the engine reads it as ${meanings[first] ?? 'code'}.`,
      );
    }
  }
  return lines
    .map((line, index) => (index < lines.length - 1 && !/\[r\]\s*$/.test(line) ? `${line}[r]` : line))
    .join(ending);
}

const meanings: Record<string, string> = {
  ';': 'a comment',
  '*': 'a label',
  '@': 'a command',
  '#': 'a speaker',
};

/** Formats a speaker's name or a label's caption, which ends with the line. */
export function renderWord(target: string): string | WriteFault {
  if (target.trim() === '') return new WriteFault(empty);
  if (/^\s*[&%]/.test(target)) return new WriteFault(expression);
  if (/[\r\n]/.test(target)) return new WriteFault('A name or a caption cannot contain a line break.');
  return /[:|]/.test(target)
    ? new WriteFault('A name or a caption cannot contain “:” or “|”.')
    : target.trim();
}

/** Formats an attribute's value, in its own quotes or, if the text contains these, in other ones. */
export function renderAttribute(target: string, attribute: Attribute): string | WriteFault {
  if (!/[\p{L}\p{N}]/u.test(target)) return new WriteFault(noLetter);
  if (/[\r\n]/.test(target)) return new WriteFault('A tag cannot contain a line break.');
  if (/^\s*[&%]/.test(target)) return new WriteFault(expression);
  if (endsEscaped.test(target)) return new WriteFault('A value cannot end with a backslash.');
  const wanted = attribute.quote === '' && !/[\s[\]"'`=\\]/.test(target) ? '' : attribute.quote || '"';
  const quotes = wanted === '' ? [''] : [wanted, '"', "'"];
  const quote = quotes.find((mark) => mark === '' || !target.includes(mark));
  if (quote === undefined)
    return new WriteFault('A tag cannot contain both kinds of quotes. Use typographic ones (“ ”).');
  return quote + target + quote;
}
