import { describe, expect, test } from 'vitest';
import { leftShare, planBallots, winRates, type Vote } from './votes.ts';

const units = Array.from({ length: 40 }, (_, i) => `u${i}`);
const vote = (unitId: string, left: string, right: string, choice: Vote['choice']): Vote => ({
  unitId,
  left,
  right,
  choice,
});
const rateOf = (votes: Vote[], id: string) => winRates(votes).find(({ presetId }) => presetId === id);

describe('ballots', () => {
  test('each pair meets on each unit once, each preset on the left in half of them', () => {
    const ballots = planBallots(['a', 'b', 'c'], units, { seed: 9 });
    expect(ballots).toHaveLength(3 * 40);
    for (const [one, other] of [
      ['a', 'b'],
      ['a', 'c'],
      ['b', 'c'],
    ]) {
      const met = ballots.filter(({ left, right }) => [left, right].sort().join() === `${one},${other}`);
      expect(new Set(met.map(({ unitId }) => unitId)).size).toBe(40);
      expect(met.filter(({ left }) => left === one)).toHaveLength(20);
    }
  });

  test('all pairs get the same units where there are more than asked for', () => {
    const ballots = planBallots(['a', 'b', 'c'], units, { perPair: 7, seed: 2 });
    expect(ballots).toHaveLength(21);
    expect(new Set(ballots.map(({ unitId }) => unitId)).size).toBe(7);
  });

  test('the same seed gives the same ballots, and their order shows nothing', () => {
    expect(planBallots(['a', 'b'], units, { seed: 1 })).toEqual(planBallots(['a', 'b'], units, { seed: 1 }));
    expect(planBallots(['a', 'b'], units, { seed: 1 })).not.toEqual(
      planBallots(['a', 'b'], units, { seed: 2 }),
    );
  });

  test('a preset named twice meets itself never', () => {
    expect(planBallots(['a', 'a', 'b'], ['u', 'u'])).toHaveLength(1);
  });
});

describe('win rates', () => {
  test('count a tie as half', () => {
    const votes = [vote('1', 'a', 'b', 'left'), vote('2', 'b', 'a', 'tie')];
    expect(rateOf(votes, 'a')).toMatchObject({ wins: 1, ties: 1, losses: 0, rate: 0.75 });
    expect(rateOf(votes, 'b')).toMatchObject({ wins: 0, ties: 1, losses: 1, rate: 0.25 });
  });

  test('a voter who always takes the left makes nobody a winner', () => {
    const left = ['1', '2', '3'].map((id) => vote(id, 'a', 'b', 'left'));
    const votes = [...left, vote('4', 'b', 'a', 'left')];
    expect(rateOf(votes, 'a')?.rate).toBe(0.5);
    expect(leftShare(votes).share).toBe(1);
  });

  test('the same two texts asked both ways are one piece of evidence', () => {
    const both = [vote('1', 'a', 'b', 'left'), vote('1', 'b', 'a', 'right')];
    const two = [vote('1', 'a', 'b', 'left'), vote('2', 'b', 'a', 'right')];
    const width = (votes: Vote[]) => {
      const interval = rateOf(votes, 'a')?.interval;
      return (interval?.high ?? 0) - (interval?.low ?? 0);
    };
    expect(width(both)).toBeGreaterThan(width(two));
  });

  test('nobody voted, nothing is known', () => {
    expect(winRates([])).toEqual([]);
    expect(leftShare([])).toEqual({ share: null, interval: null });
  });

  test('a vote between a preset and itself is refused', () => {
    expect(() => winRates([vote('1', 'a', 'a', 'left')])).toThrow(/compares a with itself/);
  });
});
