import type { Interval } from '../scores/intervals.ts';
import { rankPresets, type PresetResult, type Ranking } from './trial-result.ts';

/** The parts of a finished trial that a report shows. */
export interface TrialReport {
  setName: string;
  setTitle: string;
  module: string;
  /** What the table is sorted by. */
  rankedBy: Ranking;
  results: readonly PresetResult[];
  /** `YYYY-MM-DD`, the day of the measurement. */
  date?: string;
  /** SHA-256 of the prompt pack that was sent. */
  promptSha256?: string;
  /** The stub answered, so the figures say nothing about any model. */
  mock?: boolean;
}

/** Results with their ranks, best first. */
export function rankedResults({ results, rankedBy }: TrialReport): {
  rank: number | null;
  tied: boolean;
  result: PresetResult;
}[] {
  const byId = new Map(results.map((result) => [result.presetId, result]));
  return rankPresets(results, rankedBy).flatMap(({ id, rank, tied }) => {
    const result = byId.get(id);
    return result ? [{ rank, tied, result }] : [];
  });
}

/**
 * A text on one line without characters that could hide or reorder the rest: control characters, line breaks,
 * and marks that change the writing direction.
 */
export function plainLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/[\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu, '')
    .trim();
}

/** A fixed number of digits with a decimal point, in every locale; `unknown` without a value. */
export const figure = (value: number | null, digits: number): string =>
  value === null ? 'unknown' : value.toFixed(digits);

export const percent = (rate: number | null): string =>
  rate === null ? 'unknown' : `${(rate * 100).toFixed(1)} %`;

/** `61.2 (58.0–64.1)` */
export const withInterval = (
  value: string,
  interval: Interval | null,
  show: (bound: number) => string,
): string => (interval ? `${value} (${show(interval.low)}–${show(interval.high)})` : value);
