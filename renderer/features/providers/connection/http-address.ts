/**
 * Whether a text starts like an HTTP URL, ignoring quotes and invisible characters from copying. Main parses
 * the rest, with one rule for all URL fields.
 */
export function isHttpAddress(text: string): boolean {
  return /^[\s\p{Cf}"'`<“„‘«「]*https?:\/*[^\s/]/iu.test(text);
}
