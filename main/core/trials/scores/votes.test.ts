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
  test('each pair meets once per unit, with each preset on the left in half of them', () => {
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

  test('all pairs get the same units where there are more than requested', () => {
    const ballots = planBallots(['a', 'b', 'c'], units, { perPair: 7, seed: 2 });
    expect(ballots).toHaveLength(21);
    expect(new Set(ballots.map(({ unitId }) => unitId)).size).toBe(7);
  });

  test('equal seeds give equal ballots, whose order reveals nothing', () => {
    expect(planBallots(['a', 'b'], units, { seed: 1 })).toEqual(planBallots(['a', 'b'], units, { seed: 1 }));
    expect(planBallots(['a', 'b'], units, { seed: 1 })).not.toEqual(
      planBallots(['a', 'b'], units, { seed: 2 }),
    );
  });

  test('a preset listed twice never meets itself', () => {
    expect(planBallots(['a', 'a', 'b'], ['u', 'u'])).toHaveLength(1);
  });
});

describe('win rates', () => {
  test('count a tie as half', () => {
    const votes = [vote('1', 'a', 'b', 'left'), vote('2', 'b', 'a', 'tie')];
    expect(rateOf(votes, 'a')).toMatchObject({ wins: 1, ties: 1, losses: 0, rate: 0.75 });
    expect(rateOf(votes, 'b')).toMatchObject({ wins: 0, ties: 1, losses: 1, rate: 0.25 });
  });

  test('a voter who always chooses the left gives nobody an advantage', () => {
    const left = ['1', '2', '3'].map((id) => vote(id, 'a', 'b', 'left'));
    const votes = [...left, vote('4', 'b', 'a', 'left')];
    expect(rateOf(votes, 'a')?.rate).toBe(0.5);
    expect(leftShare(votes).share).toBe(1);
  });

  test('a pair judged in both orders counts as one vote', () => {
    const both = [vote('1', 'a', 'b', 'left'), vote('1', 'b', 'a', 'right')];
    const two = [vote('1', 'a', 'b', 'left'), vote('2', 'b', 'a', 'right')];
    const width = (votes: Vote[]) => {
      const interval = rateOf(votes, 'a')?.interval;
      return (interval?.high ?? 0) - (interval?.low ?? 0);
    };
    expect(width(both)).toBeGreaterThan(width(two));
  });

  test('without votes nothing is known', () => {
    expect(winRates([])).toEqual([]);
    expect(leftShare([])).toEqual({ share: null, interval: null });
  });

  test('a vote between a preset and itself is refused', () => {
    expect(() => winRates([vote('1', 'a', 'a', 'left')])).toThrow(/compares a with itself/);
  });
});
