/** No limit of the product is higher. */
const max = 1_000_000;

/** USD as a person types them, in every field of the panel: null for an empty field, undefined for what is no amount. */
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

/** An amount as it stands in its field; never in powers of ten. */
export function textOf(amount: number | null): string {
  if (amount === null) return '';
  return amount > 0 && amount < 1e-6 ? amount.toFixed(12).replace(/0+$/, '') : String(amount);
}
