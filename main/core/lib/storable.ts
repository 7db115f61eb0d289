/** U+0000, which PostgreSQL rejects, and surrogates. Valid pairs match too, because that test is cheaper. */
// oxlint-disable-next-line no-control-regex -- that one is looked for
const suspect = /[\0\uD800-\uDFFF]/;
const notText = /[\0\p{Surrogate}]/gu;

/** Text that every database accepts, truncated to `maxLength` characters. */
export function storable(text: string, maxLength: number): string {
  const short = text.slice(0, maxLength);
  // Hardly any text needs changes, and this test is cheaper than the pattern.
  return suspect.test(short) ? short.replace(notText, '\uFFFD') : short;
}
