/**
 * Percent-encodes one path segment. An unpaired surrogate, which has no encoding, becomes U+FFFD. A segment
 * of one or two dots would be resolved as a parent folder even as `%2E%2E`, so its percent signs are encoded
 * too; no such name exists.
 */
export function percentEncode(segment: string): string {
  if (segment === '.' || segment === '..') return segment.replaceAll('.', '%252E');
  return encodeURIComponent(segment.replace(/\p{Surrogate}/gu, '\u{fffd}'));
}
