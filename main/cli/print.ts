import type { Estimate } from '../../contract/plan.ts';
import type { CliHost } from './host.ts';
import { plain, styleFor } from './style.ts';

export function printJson({ out }: Pick<CliHost, 'out'>, value: unknown): void {
  out.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** Prints one line of JSON, for streams. */
export function printJsonLine({ out }: Pick<CliHost, 'out'>, value: unknown): void {
  out.write(`${JSON.stringify(value)}\n`);
}

/** Prints warnings to stderr, so they do not mix with the result. */
export function printWarnings({ err, env }: CliHost, warnings: readonly string[]): void {
  const style = styleFor(err, env);
  for (const text of new Set(warnings)) err.write(`${style('yellow', 'warning:')} ${plain(text)}\n`);
}

/** USD with enough digits for small amounts. */
export function usd(amount: number): string {
  if (amount === 0) return '$0';
  return amount < 0.01 ? `$${amount.toPrecision(2)}` : `$${amount.toFixed(amount < 1 ? 4 : 2)}`;
}

/** The minimum and maximum cost of a call. */
export function costText({ cost }: Pick<Estimate, 'cost'>): string {
  if (!cost) return 'price unknown';
  if (cost.max === 0) return 'free';
  return `${usd(cost.min)} to ${cost.max === null ? 'no known limit' : usd(cost.max)}`;
}
