import type { Estimate } from '../../contract/plan.ts';
import type { CliHost } from './host.ts';
import { plain, styleFor } from './style.ts';

export function printJson({ out }: Pick<CliHost, 'out'>, value: unknown): void {
  out.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** One line of JSON, for streams of them. */
export function printJsonLine({ out }: Pick<CliHost, 'out'>, value: unknown): void {
  out.write(`${JSON.stringify(value)}\n`);
}

/** Warnings go beside the result, never into it. */
export function printWarnings({ err, env }: CliHost, warnings: readonly string[]): void {
  const style = styleFor(err, env);
  for (const text of new Set(warnings)) err.write(`${style('yellow', 'warning:')} ${plain(text)}\n`);
}

/** USD with as many digits as small amounts need. */
export function usd(amount: number): string {
  if (amount === 0) return '$0';
  return amount < 0.01 ? `$${amount.toPrecision(2)}` : `$${amount.toFixed(amount < 1 ? 4 : 2)}`;
}

/** What a call would cost, least and most. */
export function costText({ cost }: Pick<Estimate, 'cost'>): string {
  if (!cost) return 'price unknown';
  if (cost.max === 0) return 'free';
  return `${usd(cost.min)} to ${cost.max === null ? 'no known limit' : usd(cost.max)}`;
}
