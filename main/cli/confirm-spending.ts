import { AppError } from '../core/lib/app-error.ts';
import type { CliHost } from './host.ts';
import { usd } from './print.ts';

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
 * Ensures that a user has seen the price or set a limit before anything is paid. What is free needs no confirmation.
 * @param what what is sent, as in "12 requests"
 * @param limited a limit other than `--max-usd` applies, such as the project's
 * @returns false if the user declined
 * @throws AppError `budget_exceeded` if the limit is too small, `invalid_request` if no user can be asked
 */
export async function confirmSpending(
  host: CliHost,
  cost: Pick<NonNullable<PlannedCost>, 'min' | 'max'> | null,
  what: string,
  { yes, maxUsd, mock }: SendFlags,
  limited = false,
): Promise<boolean> {
  if (mock || cost?.max === 0) return true;
  if (maxUsd !== undefined && cost && cost.min > maxUsd)
    throw new AppError(
      'budget_exceeded',
      `this costs at least ${usd(cost.min)}, more than --max-usd ${maxUsd}; nothing was sent`,
    );
  if (yes && (maxUsd !== undefined || limited)) return true;
  const limit = maxUsd === undefined ? '' : ` up to ${usd(maxUsd)}`;
  const answer = yes ? null : await host.ask(`Send ${what}${limit}? [y/N] `);
  if (answer !== null) return /^y(es)?$/i.test(answer.trim());
  throw new AppError(
    'invalid_request',
    'this may cost money, and there is no terminal to confirm it: add --yes and --max-usd AMOUNT; nothing was sent',
  );
}
