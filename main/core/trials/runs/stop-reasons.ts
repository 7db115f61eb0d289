import type { CodedText } from '../../../../contract/coded-texts.ts';
import { AppError } from '../../lib/app-error.ts';
import { codedText } from '../../lib/coded-text.ts';

type Stop = CodedText<'stop'>;

/** The reason for a stop after an error. */
export function stoppedBy(error: unknown): Stop {
  const code = error instanceof AppError ? error.code : 'internal_error';
  const message = error instanceof Error ? error.message : String(error);
  return codedText('stop', 'error', { error: code, message }, message);
}

/**
 * The reason for a stop before a request that could exceed the limit; in USD.
 * @param next the most that the request could cost; null if its cost has no bound
 */
export function limitReached(limit: number, spent: number, next: number | null): Stop {
  const cost = next === null ? 'an unknown amount' : `up to $${next.toFixed(4)}`;
  return codedText(
    'stop',
    'limit_reached',
    { limit, spent, next },
    `the limit of $${limit} is reached: $${spent.toFixed(4)} is spent, and the next request could cost ${cost}`,
  );
}

export const stoppedByUser: Stop = codedText('stop', 'stopped', {}, 'stopped');
export const programClosed: Stop = codedText('stop', 'program_closed', {}, 'the program was closed');
