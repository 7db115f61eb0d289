/**
 * What a game's text has in it that a program reads. In the order of the alternatives: a doubled mark stands for itself
 * and is text; RPG Maker's codes (`\C[1]`, `\N[1]`, `\nc<Aya>`, `\{`, `\.`) and escapes (`\n`); Ren'Py's tags and
 * interpolations, which are also the places of .NET and Python (`{i}`, `{0}`, `{name!r}`, `{}`, `[player]`, `[list[0]]`);
 * printf's places (`%s`, `%.1f`, `%03d`, `%1$s`, `%(name)s`, `%@`) and the numbered ones of RPG Maker and Qt (`%1`).
 *
 * A percent sign behind a digit is one of a sentence (`100% sure`, `50%d`), and so is one before a word (`%discount`).
 * Sources: Ren'Py "Text" and "Translation", RPG Maker MZ "Message codes", C11 7.21.6.1, Python's "printf-style String
 * Formatting".
 */
const token = new RegExp(
  [
    String.raw`\[\[|\{\{|%%|\\\\`,
    `(${[
      // A line break written out may stand before a name: `\nRoom[1]`.
      String.raw`\\(?!n[A-Z])[A-Za-z]{1,8}\[\d{1,6}\]`,
      String.raw`\\(?![nrt])[A-Za-z]\[[^[\]\n]{0,80}\]`,
      String.raw`\\n[cr]?<[^<>\n]{0,80}>`,
      String.raw`\\[nrt]`,
      String.raw`\\[A-Z](?![A-Za-z])`,
      String.raw`\\[{}.|!><^$]`,
      String.raw`\{[^{}\n]{0,80}\}`,
      String.raw`\[(?:[^[\]\n]|\[[^[\]\n]{0,40}\]){1,80}\]`,
      String.raw`%\(\w{1,40}\)[-+#0]{0,3}\d{0,3}(?:\.\d{1,3})?[diouxXeEfFgGcsr]`,
      String.raw`(?<!\d)%\d{1,2}\$[-+#0]{0,3}\d{0,3}(?:\.\d{1,3})?[diouxXeEfFgGcs@]`,
      String.raw`(?<!\d)%(?:[-+#0]{1,3}\d{0,3}|\d{1,3})(?:\.\d{1,3})?(?:hh|h|ll|l|z)?[diouxXeEfFgGcs]`,
      String.raw`(?<!\d)%\.\d{1,3}[eEfFgGs]`,
      String.raw`(?<!\d)%(?:hh|h|ll|l|z)?[diufgGxXcs@](?![a-z]{3})`,
      String.raw`(?<!\d)%[1-9]\d?(?![\d%])`,
    ].join('|')})`,
  ].join('|'),
  'g',
);

/** Addresses are copied as they are; nothing in them is a term or a speaker. */
const url = /\b(?:https?|ftp):\/\/[^\s"'<>「」（）]+/gi;

/** A piece of code and where it stands, in UTF-16 units. */
export interface CodeToken {
  /** A name box (`\n<Aya>`) without the name, which is translated. */
  text: string;
  at: number;
  /** In the text, the name included. */
  length: number;
}

const nameBox = /^(\\n[cr]?<)[^<>]*>$/;

/** The code in a text, in its order. */
export function codeTokens(text: string): CodeToken[] {
  return Array.from(text.matchAll(token)).flatMap((match) =>
    match[1] === undefined
      ? []
      : [{ text: match[1].replace(nameBox, '$1>'), at: match.index, length: match[1].length }],
  );
}

/** The text with its code and its addresses blanked out; every other character stays where it is. */
export function withoutCode(text: string): string {
  let out = '';
  let from = 0;
  for (const { at, length } of codeTokens(text)) {
    out += text.slice(from, at) + ' '.repeat(length);
    from = at + length;
  }
  return (out + text.slice(from)).replace(url, (address) => ' '.repeat(address.length));
}

/** The code that one of two texts has more often than the other, each once, in the order it was found. */
export function changedCode(before: string, after: string): string[] {
  const counts = new Map<string, number>();
  for (const { text } of codeTokens(before)) counts.set(text, (counts.get(text) ?? 0) + 1);
  for (const { text } of codeTokens(after)) counts.set(text, (counts.get(text) ?? 0) - 1);
  return [...counts].flatMap(([text, difference]) => (difference === 0 ? [] : [text]));
}
