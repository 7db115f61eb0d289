/** No limit in the product is higher. */
const max = 1_000_000;

/** Parses USD as users type them: null for an empty field, undefined for an invalid amount. */
export function amountIn(text: string): number | null | undefined {
  const typed = text
    .trim()
    .replace(/^\$\s*/, '')
    .replace(',', '.');
  if (typed === '') return null;
  if (!/^(\d+(\.\d*)?|\.\d+)$/.test(typed)) return undefined;
  const amount = Number(typed);
  return amount <= max ? amount : undefined;
}

/** An amount as a field shows it; never in exponential notation. */
export function textOf(amount: number | null): string {
  if (amount === null) return '';
  return amount > 0 && amount < 1e-6 ? amount.toFixed(12).replace(/0+$/, '') : String(amount);
}
