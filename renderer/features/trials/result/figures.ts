import type { PresetResultView, TrialView } from '../../../../contract/trials.ts';
import { trialsMessages } from '../../../messages/trials-messages.ts';

type Interval = { low: number; high: number } | null;

/** A figure for display: its value, and below it its interval or its origin. */
export interface Figure {
  value: string;
  note?: string;
}

const nothing: Figure = { value: '–' };

const withInterval = (value: string, interval: Interval, show: (bound: number) => string): Figure =>
  interval ? { value, note: `${show(interval.low)}–${show(interval.high)}` } : { value };

const hundred = (value: number) => (value * 100).toFixed(1);

/** `97.5 %` with `91.3–99.3`; a dash if nothing was counted. */
export function rateFigure({ rate, interval }: { rate: number | null; interval: Interval }): Figure {
  return rate === null ? nothing : withInterval(`${hundred(rate)} %`, interval, hundred);
}

/** `61.2` with `58.0–64.1`; a dash without references. */
export function chrfFigure(chrf: PresetResultView['chrf']): Figure {
  return chrf ? withInterval(chrf.score.toFixed(1), chrf.interval, (bound) => bound.toFixed(1)) : nothing;
}

/**
 * The price of 1,000 units, with its interval unless all calls cost the same or were free. If the price of
 * some units is unknown, it says how many are known.
 */
export function priceFigure(
  { usd, interval, known, sent }: PresetResultView['actual'],
  show: (amount: number) => string,
): Figure {
  const t = trialsMessages.trials;
  if (usd === null) return { value: t.unknownPrice };
  const spread = interval && interval.low < interval.high ? interval : null;
  const { value, note } = withInterval(show(usd), spread, show);
  const notes = [note, known < sent ? t.part(known, sent) : undefined].filter((one) => one !== undefined);
  return notes.length ? { value, note: notes.join(' · ') } : { value };
}

/** A time with its interval; a dash if none was measured. */
export const timeFigure = (
  milliseconds: number | null,
  interval: Interval,
  show: (milliseconds: number) => string,
): Figure => (milliseconds === null ? nothing : withInterval(show(milliseconds), interval, show));

type Costs = Pick<TrialView, 'mock' | 'spent_usd' | 'results'>;

/** Whether continuing a trial may cost money: true unless every preset is known to be free. */
export function mayCost({ mock, spent_usd: spent, results }: Costs): boolean {
  if (mock) return false;
  return spent > 0 || results.length === 0 || results.some(({ estimated }) => estimated.usd !== 0);
}
