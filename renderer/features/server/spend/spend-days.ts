import type { SpendView } from '../../../../contract/call-log.ts';
import { daysBetween } from '../../../ui/chart/chart-scale.ts';

export interface DaySum {
  day: string;
  usd: number;
  calls: number;
  failed: number;
  /** By provider, the most expensive first. */
  providers: { provider: string; usd: number; calls: number }[];
}

/** One entry for every day of the period, including days without a call. */
export function daySums({ from, to, days }: Pick<SpendView, 'from' | 'to' | 'days'>): DaySum[] {
  return daysBetween(from, to).map((day) => {
    const own = days.filter((one) => one.day === day);
    const sum = (of: 'usd' | 'calls' | 'failed') => own.reduce((total, one) => total + one[of], 0);
    const providers = own.map(({ provider, usd, calls }) => ({ provider, usd, calls }));
    providers.sort((a, b) => b.usd - a.usd || b.calls - a.calls);
    return { day, usd: sum('usd'), calls: sum('calls'), failed: sum('failed'), providers };
  });
}
