/** The kinds of code that a text may contain. `unity` is rich text (`<b>`); prose can look like it, so it is opt-in. */
export type CodeSyntax = 'renpy' | 'rpgmaker' | 'kag' | 'printf' | 'brace' | 'unity';

/** A placeholder or tag in a text. */
export interface CodeToken {
  text: string;
  /** Offset in UTF-16 units; `end` is exclusive. */
  start: number;
  end: number;
}

/** For texts of an unknown engine: all kinds of code that prose does not look like. */
export const defaultSyntaxes: readonly CodeSyntax[] = ['renpy', 'rpgmaker', 'kag', 'printf', 'brace'];

const maxLength = 300;
const closers: Record<string, string> = { '[': ']', '{': '}' };

/**
 * End of a bracket that opens at `start`; undefined if it does not close on its line. Nested brackets and quoted parts are
 * skipped (`[emb exp="f.a[0]"]`, `[items[0]]`).
 */
function closing(text: string, start: number, quotes: boolean): number | undefined {
  const open = text[start] ?? '';
  const close = closers[open];
  const limit = Math.min(text.length, start + maxLength);
  let depth = 0;
  let quote = '';
  for (let i = start; i < limit; i++) {
    const letter = text[i] ?? '';
    if (letter === '\n') break;
    if (quote) {
      if (letter === quote) quote = '';
      // An apostrophe (`[it's]`) opens no quotation.
    } else if (quotes && /["']/.test(letter) && !/\w/.test(text[i - 1] ?? '')) quote = letter;
    else if (letter === open) depth++;
    else if (letter === close && --depth === 0) return i + 1;
  }
  return quotes ? closing(text, start, false) : undefined;
}

/** Start of an ICU message. Only this is code: the branches are translated, and their number depends on the language. */
const icuHead = /^\{\s*(\w+)\s*,\s*(plural|select|selectordinal)\s*,/;

/** A printf conversion, without the space flag: "100 % sure" is prose. */
const printf =
  /%(?:\((\w+)\)|(\d+)\$)?([-+#0]*)(\d+|\*)?(?:\.(?:\d+|\*))?(?:hh|ll|[hlzjt])?([sdiufgeEGxXoc])/y;

/** `%d` before a letter is code in "%dG", and prose in "50%discount" and in Turkish "%50si". */
function printfEnd(text: string, at: number): number | undefined {
  printf.lastIndex = at;
  const match = printf.exec(text);
  if (!match) return undefined;
  const end = at + match[0].length;
  const [, name, index, flags, width] = match;
  const next = text[end] ?? '';
  if (name !== undefined || index !== undefined || !/\w/.test(next)) return end;
  const isAfterDigit = /\d/.test(text[at - 1] ?? '');
  const looksLikeProse = isAfterDigit || (width !== undefined && !flags && /[A-Za-z]/.test(next));
  return looksLikeProse ? undefined : end;
}

// RPG Maker MV and MZ: rmmz Window_Base.processEscapeCharacter, Window_Message, and the codes of common plug-ins.
const control = /\\(?:[$.|!<>^{}]|[A-Za-z]+(?=\[)|[GgNntr])/y;
const argument = /\[(?:[^[\]\n]|\[[^[\]\n]*\]){0,80}\]/y;
const nameBox = /\\n[cr]?<[^<>\n]{1,40}>/iy;

function sticky(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

const tokenAt = (text: string, start: number, length: number, shown?: string): CodeToken => ({
  text: shown ?? text.slice(start, start + length),
  start,
  end: start + length,
});

function backslash(text: string, at: number, rpgmaker: boolean): CodeToken | undefined {
  if (rpgmaker) {
    // The name inside a name box is text.
    const box = sticky(nameBox, text, at);
    if (box) return tokenAt(text, at, box.length, `${box.slice(0, box.indexOf('<'))}<>`);
    const name = sticky(control, text, at);
    const inside = name && /[A-Za-z]$/.test(name) ? sticky(argument, text, at + name.length) : undefined;
    // `\n[1]` is an actor's name, `\nHello[name]` and `\n[name]` are a line break before something else.
    const lineBreak = /^\\[nrt]/.test(name ?? '') && !(name === '\\n' && /^\[[\d\\]/.test(inside ?? ''));
    if (name && !lineBreak) return tokenAt(text, at, name.length + (inside?.length ?? 0));
  }
  return /^\\[nrtN]/.test(text.slice(at, at + 2)) ? tokenAt(text, at, 2) : undefined;
}

/** True for words that are neither attributes nor an expression: for `[Door creaks]`, but not for `[a if b else c]`. */
function isProse(inside: string): boolean {
  if (inside.trim() === '') return true;
  if (!/^\s*[A-Za-z][\w'’]*[,.!?]?(?: +[\w'’-]+[,.!?…]*)+\s*$/.test(inside)) return false;
  const [first, second] = inside.trim().split(/ +/);
  const operator = /^(?:if|and|or|not|in|is|for|lambda)$/;
  return !operator.test(first ?? '') && !operator.test(second ?? '');
}

function bracket(text: string, at: number): CodeToken | undefined {
  const end = closing(text, at, true);
  if (end === undefined) return undefined;
  if (text[at] === '[' && isProse(text.slice(at + 1, end - 1))) return undefined;
  // Ren'Py ignores {#month}. It only distinguishes equal texts, so a translation may drop it.
  if (text.startsWith('{#', at)) return undefined;
  const icu = icuHead.exec(text.slice(at, end));
  return tokenAt(text, at, end - at, icu ? `{${icu[1]}, ${icu[2]}}` : undefined);
}

const unityTag = /<\/?[a-z][a-z-]*(?:=[^<>\n]{1,80}|(?: [a-z]+="[^"<>\n]*")+)?\/?>/iy;
/** KAG: a command on its own line. */
const atCommand = /@[a-z_]\w*(?:[ \t]+\w+=(?:"[^"\n]*"|[^\s"]+))*[ \t]*(?=\r?\n|$)/iy;

/**
 * Placeholders and tags of a text, in order. Doubled `[[`, `{{`, `\\` and `%%` are escaped characters, so they are text. A
 * real line break is text; the escape `\n` is code.
 * @param syntaxes the engine's syntaxes, if known; code of other engines is then text
 */
export function codeTokens(text: string, syntaxes: readonly CodeSyntax[] = defaultSyntaxes): CodeToken[] {
  const has = (syntax: CodeSyntax) => syntaxes.includes(syntax);
  const brackets = has('renpy') || has('kag');
  const braces = has('renpy') || has('brace');
  const percents = has('printf') || has('renpy');
  /** The token at `at`, or the offset after an escaped character. */
  const readAt = (at: number): CodeToken | number | undefined => {
    const letter = text[at] ?? '';
    const doubled = text[at + 1] === letter;
    if (letter === '\\') return doubled ? at + 2 : backslash(text, at, has('rpgmaker'));
    if ((letter === '[' && brackets) || (letter === '{' && braces))
      return doubled ? at + 2 : bracket(text, at);
    if (letter === '%' && percents) {
      if (doubled) return at + 2;
      const end = printfEnd(text, at);
      return end && tokenAt(text, at, end - at);
    }
    const whole =
      letter === '<' && has('unity')
        ? sticky(unityTag, text, at)
        : letter === '@' && has('kag') && (at === 0 || text[at - 1] === '\n')
          ? sticky(atCommand, text, at)?.trimEnd()
          : undefined;
    return whole ? tokenAt(text, at, whole.length) : undefined;
  };
  const tokens: CodeToken[] = [];
  for (let at = 0; at < text.length;) {
    const next = readAt(at);
    if (typeof next === 'object') tokens.push(next);
    at = typeof next === 'object' ? next.end : (next ?? at + 1);
  }
  return tokens;
}

/** A text with a space in place of each token. */
export function withoutCode(text: string, syntaxes?: readonly CodeSyntax[]): string {
  return codeTokens(text, syntaxes).reduceRight(
    (plain, { start, end }) => `${plain.slice(0, start)} ${plain.slice(end)}`,
    text,
  );
}
