import type { Interval } from './intervals.ts';

export interface RankEntry {
  id: string;
  /** null: not measured. It has no rank and is listed last. */
  value: number | null;
  /** null: the spread is unknown, so it cannot be distinguished from any other. */
  interval: Interval | null;
}

export interface Ranked extends RankEntry {
  rank: number | null;
  /** Another entry has the same rank. */
  tied: boolean;
}

const overlap = (a: Interval | null, b: Interval | null): boolean =>
  a === null || b === null || (a.low <= b.high && b.low <= a.high);

/** A fixed order for equal values, the same in every locale. */
const byId = (a: RankEntry, b: RankEntry) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/**
 * Ranks entries, best first. Entries share the rank of the best entry of their group as long as their
 * interval overlaps with that entry's; the first that does not overlap starts the next group, with its own
 * position as rank (1, 1, 3). Ties are with the best of the group, not with the neighbour: otherwise a chain
 * of small overlaps would tie best and worst.
 * @param better the direction of improvement: a chrF is `higher`, a price `lower`
 */
export function rankWithTies(entries: readonly RankEntry[], better: 'higher' | 'lower' = 'higher'): Ranked[] {
  const sign = better === 'higher' ? -1 : 1;
  const measured = entries
    .filter(({ value }) => value !== null)
    .sort((a, b) => sign * ((a.value ?? 0) - (b.value ?? 0)) || byId(a, b));
  let best: RankEntry | undefined;
  let rank = 0;
  const ranks = measured.map((entry, i) => {
    const joins =
      best !== undefined && (best.value === entry.value || overlap(best.interval, entry.interval));
    if (!joins) {
      best = entry;
      rank = i + 1;
    }
    return rank;
  });
  const shared = (rank: number) => ranks.filter((other) => other === rank).length > 1;
  return [
    ...measured.map((entry, i) => ({ ...entry, rank: ranks[i] ?? null, tied: shared(ranks[i] ?? 0) })),
    ...entries
      .filter(({ value }) => value === null)
      .sort(byId)
      .map((entry) => ({ ...entry, rank: null, tied: false })),
  ];
}
