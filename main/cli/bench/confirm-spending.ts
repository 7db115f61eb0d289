import { AppError } from '../../core/lib/app-error.ts';
import type { CliHost } from '../host.ts';
import { usd } from '../print.ts';

/** A plan's cost in USD; null if the price is unknown. */
export type PlannedCost = { min: number; expected: number; max: number | null } | null;

export interface SendFlags {
  yes?: boolean;
  maxUsd?: number;
  mock?: boolean;
}

/** A plan's price on one line. */
export function priceText(cost: PlannedCost): string {
  if (!cost) return 'price unknown';
  if (cost.max === 0) return 'free';
  const max = cost.max === null ? 'no known limit' : `at most ${usd(cost.max)}`;
  return `about ${usd(cost.expected)}, ${max}`;
}

/**
 * Ensures that a user has seen the price or set a limit before anything is paid.
 * @returns false if the user declined
 * @throws AppError `budget_exceeded` if the limit is too small, `invalid_request` if no user can be asked
 */
export async function confirmSpending(
  host: CliHost,
  cost: PlannedCost,
  what: string,
  { yes, maxUsd, mock }: SendFlags,
): Promise<boolean> {
  if (mock) return true;
  if (maxUsd !== undefined && cost && cost.min > maxUsd)
    throw new AppError(
      'budget_exceeded',
      `this costs at least ${usd(cost.min)}, more than --max-usd ${maxUsd}; nothing was sent`,
    );
  if (yes && (maxUsd !== undefined || cost?.max === 0)) return true;
  const limit = maxUsd === undefined ? '' : ` up to ${usd(maxUsd)}`;
  const answer = yes ? null : await host.ask(`Send ${what}${limit}? [y/N] `);
  if (answer !== null) return /^y(es)?$/i.test(answer.trim());
  const flags = cost?.max === 0 ? '--yes' : '--yes and --max-usd AMOUNT';
  throw new AppError(
    'invalid_request',
    `there is no terminal to confirm this: add ${flags}; nothing was sent`,
  );
}
