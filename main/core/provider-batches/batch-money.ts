import { AppError } from '../lib/app-error.ts';

const hour = 3_600_000;

/**
 * A provider ends a batch within 24 or 48 hours and stores its results for weeks; after this time its cost
 * counts as unknown.
 */
export const batchLastsMs = 10 * 24 * hour;

/** Tolerance for clock differences when searching for a batch by its creation time. */
export const clockSkewMs = 10 * 60_000;

/** USD as the user confirms them: to a hundredth of a cent, rounded up. */
export const confirmable = (usd: number) => Math.ceil(Math.round(usd * 1e10) / 1e6) / 1e4;

const usd = (amount: unknown) => `$${Number(amount).toFixed(4)}`;

/**
 * The error for a batch above a limit; it names the sum that the user can confirm.
 * @param sum USD
 * @param why the limit that it exceeds
 */
export function batchOverLimit(sum: number, why: string, details: Record<string, unknown> = {}): AppError {
  const named = confirmable(sum);
  const message = `the batch could cost up to ${usd(named)}; ${why}. Nothing was sent: raise the limit, or confirm exactly this sum (confirm_usd: ${named}; --confirm-usd ${named})`;
  return new AppError('budget_exceeded', message, { ...details, sum_usd: named });
}

/** The limit that a reservation would exceed, from the budget's error. */
export function limitText(details: Record<string, unknown>): string {
  const { limit, up_to_usd, limit_usd, spent_usd, reserved_usd } = details;
  if (limit === 'call')
    return `one of its requests could cost up to ${usd(up_to_usd)}, above the limit for a call of ${usd(limit_usd)}`;
  return `with ${usd(spent_usd)} spent today and ${usd(reserved_usd)} reserved it passes the daily limit of ${usd(limit_usd)}`;
}
