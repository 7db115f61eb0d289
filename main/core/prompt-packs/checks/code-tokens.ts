/**
 * Matches code in a game's text that a program reads. In the order of the alternatives: a doubled mark, which
 * means itself and is text; RPG Maker's codes (`\C[1]`, `\N[1]`, `\nc<Aya>`, `\{`, `\.`) and escapes (`\n`);
 * Ren'Py's tags and interpolations, which include the placeholders of .NET and Python (`{i}`, `{0}`,
 * `{name!r}`, `{}`, `[player]`, `[list[0]]`); printf's placeholders (`%s`, `%.1f`, `%03d`, `%1$s`,
 * `%(name)s`, `%@`) and the numbered ones of RPG Maker and Qt (`%1`).
 *
 * A percent sign after a digit belongs to the sentence (`100% sure`, `50%d`), and so does one before a word
 * (`%discount`). Sources: Ren'Py "Text" and "Translation", RPG Maker MZ "Message codes", C11 7.21.6.1,
 * Python's "printf-style String Formatting".
 */
const token = new RegExp(
  [
    String.raw`\[\[|\{\{|%%|\\\\`,
    `(${[
      // An escaped line break may precede a name: `\nRoom[1]`.
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

/** URLs are copied unchanged; they contain no terms or speakers. */
const url = /\b(?:https?|ftp):\/\/[^\s"'<>「」（）]+/gi;

/** A piece of code with its position in UTF-16 units. */
export interface CodeToken {
  /** A name box (`\n<Aya>`) without the name, which is translated. */
  text: string;
  at: number;
  /** Length in the text, including the name. */
  length: number;
}

const nameBox = /^(\\n[cr]?<)[^<>]*>$/;

/** The code in a text, in order. */
export function codeTokens(text: string): CodeToken[] {
  return Array.from(text.matchAll(token)).flatMap((match) =>
    match[1] === undefined
      ? []
      : [{ text: match[1].replace(nameBox, '$1>'), at: match.index, length: match[1].length }],
  );
}

/** The text with code and URLs replaced by spaces; all other characters keep their positions. */
export function withoutCode(text: string): string {
  let out = '';
  let from = 0;
  for (const { at, length } of codeTokens(text)) {
    out += text.slice(from, at) + ' '.repeat(length);
    from = at + length;
  }
  return (out + text.slice(from)).replace(url, (address) => ' '.repeat(address.length));
}

/** Code that occurs more often in one of two texts, each once, in order of occurrence. */
export function changedCode(before: string, after: string): string[] {
  const counts = new Map<string, number>();
  for (const { text } of codeTokens(before)) counts.set(text, (counts.get(text) ?? 0) + 1);
  for (const { text } of codeTokens(after)) counts.set(text, (counts.get(text) ?? 0) - 1);
  return [...counts].flatMap(([text, difference]) => (difference === 0 ? [] : [text]));
}
