/** U+0000, which PostgreSQL does not take, and halves of a pair, which are no text; whole pairs too: the cheaper question. */
// oxlint-disable-next-line no-control-regex -- that one is looked for
const suspect = /[\0\uD800-\uDFFF]/;
const notText = /[\0\p{Surrogate}]/gu;

/** Text that every database takes, cut at `longest` characters. */
export function storable(text: string, maxLength: number): string {
  const short = text.slice(0, maxLength);
  // Nearly all text is text; asking is cheaper than the pattern.
  return suspect.test(short) ? short.replace(notText, '\uFFFD') : short;
}
