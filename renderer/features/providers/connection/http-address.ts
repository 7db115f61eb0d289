/**
 * Whether a text begins as an address that can be called, whatever a copy put around it: main reads the rest, by the same
 * rule for every place an address is written in.
 */
export function isHttpAddress(text: string): boolean {
  return /^[\s\p{Cf}"'`<“„‘«「]*https?:\/*[^\s/]/iu.test(text);
}
