import type { TextPlace } from './template-fault.ts';

function placeAt(text: string, at: number): TextPlace {
  const lines = text.slice(0, at).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/**
 * The position of a `JSON.parse` error, from its message: an offset, the text's end, or near a quoted piece.
 */
export function placeInJson(error: unknown, text: string): TextPlace | undefined {
  const { message } = error as Error;
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return placeAt(text, Number(position));
  if (/end of JSON input/.test(message)) return placeAt(text, text.length);
  const [, token, quoted] =
    /token '(.)'.*?, (?:\.\.\.)?"(.*)"(?:\.\.\.)? is not valid JSON$/s.exec(message) ?? [];
  const piece = quoted === undefined ? -1 : text.indexOf(quoted);
  if (token === undefined || quoted === undefined || piece < 0) return undefined;
  // The quoted piece has ten characters before the token, unless the text begins within them.
  const near = quoted.indexOf(token, message.includes(', ..."') ? 10 : 0);
  return placeAt(text, piece + Math.max(0, near));
}
