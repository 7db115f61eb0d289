export interface JsonToken {
  kind: 'key' | 'string' | 'number' | 'word' | 'other';
  text: string;
}

const pattern = /("(?:\\.|[^"\\])*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g;

function kindOf([, string, colon, number]: RegExpMatchArray): JsonToken['kind'] {
  if (string !== undefined) return colon === undefined ? 'string' : 'key';
  return number === undefined ? 'word' : 'number';
}

/** Splits JSON text into tokens for highlighting. Joined, the tokens are the text, even if it is not JSON. */
export function jsonTokens(text: string): JsonToken[] {
  const tokens: JsonToken[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > end) tokens.push({ kind: 'other', text: text.slice(end, match.index) });
    const kind = kindOf(match);
    const coloured = kind === 'key' ? (match[1] ?? '') : match[0];
    tokens.push({ kind, text: coloured });
    end = match.index + coloured.length;
  }
  if (end < text.length) tokens.push({ kind: 'other', text: text.slice(end) });
  return tokens;
}
