/**
 * Whether a text begins as an HTTP address, whatever a copy put around it. Main parses the rest, by one rule for every
 * field that takes an address.
 */
export function isHttpAddress(text: string): boolean {
  return /^[\s\p{Cf}"'`<“„‘«「]*https?:\/*[^\s/]/iu.test(text);
}
