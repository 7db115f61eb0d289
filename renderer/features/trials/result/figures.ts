import type { PresetResultView } from '../../../../contract/trials.ts';
import { trialsMessages } from '../../../messages/trials-messages.ts';

type Interval = { low: number; high: number } | null;

const within = (value: string, interval: Interval, show: (bound: number) => string) =>
  interval ? `${value} (${show(interval.low)}–${show(interval.high)})` : value;

const hundred = (value: number) => (value * 100).toFixed(1);

/** `97.5 % (91.3–99.3)`; a dash where nothing was counted. */
export function rateText({ rate, interval }: { rate: number | null; interval: Interval }): string {
  return rate === null ? '–' : within(`${hundred(rate)} %`, interval, hundred);
}

/** `61.2 (58.0–64.1)`; a dash without references. */
export function chrfText(chrf: PresetResultView['chrf']): string {
  return chrf ? within(chrf.score.toFixed(1), chrf.interval, (bound) => bound.toFixed(1)) : '–';
}

/** A price for 1,000 units, with how many it is known of where that is not all. */
export function priceOf(
  { usd, known, sent }: PresetResultView['actual'],
  show: (amount: number) => string,
): string {
  const words = trialsMessages.trials;
  if (usd === null) return words.unknownPrice;
  return known < sent ? `${show(usd)} ${words.part(known, sent)}` : show(usd);
}
