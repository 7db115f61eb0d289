import { seededRandom, wilsonInterval, type Interval } from './intervals.ts';

/** Two replies to one unit, side by side, without their presets' names. */
export interface Ballot {
  unitId: string;
  /** Preset ids. */
  left: string;
  right: string;
}

export interface Vote extends Ballot {
  choice: 'left' | 'right' | 'tie';
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const out = [...items];
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [out[i], out[j]] = [out[j] as T, out[i] as T];
  }
  return out;
}

/**
 * Plans which pairs to show in which order. Each pair of presets gets the same units, and each preset is on
 * the left in half of them (one more if the number is odd), because people prefer a side.
 * @param perPair units per pair; all if there are fewer
 * @param seed the same seed gives the same ballots
 */
export function planBallots(
  presetIds: readonly string[],
  unitIds: readonly string[],
  { perPair = Infinity, seed = 1 }: { perPair?: number; seed?: number } = {},
): Ballot[] {
  const random = seededRandom(seed);
  const presets = [...new Set(presetIds)];
  const units = shuffled([...new Set(unitIds)], random).slice(0, perPair);
  const ballots = presets.flatMap((one, i) =>
    presets.slice(i + 1).flatMap((other) => {
      const first = random() < 0.5;
      return shuffled(units, random).map((unitId, k) =>
        (k % 2 === 0) === first ? { unitId, left: one, right: other } : { unitId, left: other, right: one },
      );
    }),
  );
  return shuffled(ballots, random);
}

export interface WinRate {
  presetId: string;
  wins: number;
  ties: number;
  losses: number;
  /** From 0 to 1, with a tie counting half; the mean of both sides if the preset was on both. */
  rate: number;
  /**
   * Wilson's, over distinct pairs of opponent and unit: a second vote on the same two texts is no new
   * evidence.
   */
  interval: Interval | null;
}

const points = (vote: Vote, presetId: string): number =>
  vote.choice === 'tie' ? 0.5 : vote[vote.choice] === presetId ? 1 : 0;

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function winRateOf(presetId: string, votes: readonly Vote[]): WinRate {
  const mine = votes.filter(({ left, right }) => left === presetId || right === presetId);
  const got = mine.map((vote) => points(vote, presetId));
  const sides = [
    mine.filter(({ left }) => left === presetId),
    mine.filter(({ right }) => right === presetId),
  ];
  const rates = sides.flatMap((side) =>
    side.length ? [mean(side.map((vote) => points(vote, presetId)))] : [],
  );
  const rate = mean(rates);
  const distinct = new Set(
    mine.map(({ unitId, left, right }) => JSON.stringify([unitId, left === presetId ? right : left])),
  );
  return {
    presetId,
    wins: got.filter((value) => value === 1).length,
    ties: got.filter((value) => value === 0.5).length,
    losses: got.filter((value) => value === 0).length,
    rate,
    interval: wilsonInterval(rate * distinct.size, distinct.size),
  };
}

/**
 * Each preset's win rate against all its opponents. A preset without votes is not in the list.
 * @throws RangeError for a vote between a preset and itself
 */
export function winRates(votes: readonly Vote[]): WinRate[] {
  const same = votes.find(({ left, right }) => left === right);
  if (same) throw new RangeError(`a vote on ${same.unitId} compares ${same.left} with itself`);
  const ids = new Set(votes.flatMap(({ left, right }) => [left, right]));
  return [...ids].sort().map((id) => winRateOf(id, votes));
}

/**
 * How often the left side won, without ties: far from a half, the votes reflect position more than quality.
 */
export function leftShare(votes: readonly Vote[]): { share: number | null; interval: Interval | null } {
  const decided = votes.filter(({ choice }) => choice !== 'tie');
  const left = decided.filter(({ choice }) => choice === 'left').length;
  return {
    share: decided.length ? left / decided.length : null,
    interval: wilsonInterval(left, decided.length),
  };
}
