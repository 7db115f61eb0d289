/** U+0000, which PostgreSQL rejects, and half of a surrogate pair. */
// oxlint-disable-next-line no-control-regex -- that one is looked for
const notText = /[\0\p{Surrogate}]/gu;

/** Text that every database accepts, truncated to `maxLength` characters. */
export function storable(text: string, maxLength: number): string {
  return text.slice(0, maxLength).replace(notText, '\uFFFD');
}
