import { expect, test } from 'vitest';
import type { PresetResultView } from '../../../../contract/trials.ts';
import { chrfFigure, mayCost, priceFigure, rateFigure, timeFigure } from './figures.ts';

test('figures are shown with their intervals, and unknown ones without a number', () => {
  const rate = { rate: 0.975, interval: { low: 0.913, high: 0.993 } };
  expect(rateFigure(rate)).toEqual({ value: '97.5 %', note: '91.3–99.3' });
  expect(rateFigure({ rate: null, interval: null })).toEqual({ value: '–' });
  const chrf = { score: 61.24, interval: { low: 58, high: 64.06 }, units: 9 };
  expect(chrfFigure(chrf)).toEqual({ value: '61.2', note: '58.0–64.1' });
  expect(chrfFigure(null)).toEqual({ value: '–' });
  const usd = (amount: number) => `$${amount}`;
  expect(priceFigure({ usd: null, interval: null, known: 0, sent: 4 }, usd)).toEqual({
    value: 'price unknown',
  });
  expect(priceFigure({ usd: 0, interval: { low: 0, high: 0 }, known: 4, sent: 4 }, usd)).toEqual({
    value: '$0',
  });
  const spread = { low: 1, high: 3 };
  expect(priceFigure({ usd: 2, interval: null, known: 3, sent: 4 }, usd)).toEqual({
    value: '$2',
    note: '3 of 4 known',
  });
  expect(priceFigure({ usd: 2, interval: spread, known: 3, sent: 4 }, usd)).toEqual({
    value: '$2',
    note: '$1–$3 · 3 of 4 known',
  });
  const ms = (value: number) => `${value} ms`;
  expect(timeFigure(2, spread, ms)).toEqual({ value: '2 ms', note: '1 ms–3 ms' });
  expect(timeFigure(null, null, ms)).toEqual({ value: '–' });
});

const trial = (spent_usd: number, ...estimates: (number | null)[]) => ({
  mock: false,
  spent_usd,
  results: estimates.map((usd) => ({ estimated: { usd, known: 1, sent: 1 } }) as PresetResultView),
});

test('a trial is free only if every preset is known to be free', () => {
  expect(mayCost(trial(0, 0, 0))).toBe(false);
  expect(mayCost(trial(0.01, 0, 0))).toBe(true);
  expect(mayCost(trial(0, 0, 1.5))).toBe(true);
  expect(mayCost({ ...trial(0, 0, 1.5), mock: true })).toBe(false);
});

test('an unknown price, or a preset that has not been called yet, may cost money', () => {
  expect(mayCost(trial(0, 0, null))).toBe(true);
  expect(mayCost(trial(0))).toBe(true);
});
