import { expect, test } from 'vitest';
import { chrfFigure, priceFigure, rateFigure } from './figures.ts';

test('figures are shown with their intervals, and unknown ones without a number', () => {
  const rate = { rate: 0.975, interval: { low: 0.913, high: 0.993 } };
  expect(rateFigure(rate)).toEqual({ value: '97.5 %', note: '91.3–99.3' });
  expect(rateFigure({ rate: null, interval: null })).toEqual({ value: '–' });
  const chrf = { score: 61.24, interval: { low: 58, high: 64.06 }, units: 9 };
  expect(chrfFigure(chrf)).toEqual({ value: '61.2', note: '58.0–64.1' });
  expect(chrfFigure(null)).toEqual({ value: '–' });
  const usd = (amount: number) => `$${amount}`;
  expect(priceFigure({ usd: null, known: 0, sent: 4 }, usd)).toEqual({ value: 'price unknown' });
  expect(priceFigure({ usd: 0, known: 4, sent: 4 }, usd)).toEqual({ value: '$0' });
  expect(priceFigure({ usd: 2, known: 3, sent: 4 }, usd)).toEqual({ value: '$2', note: 'of 3/4' });
});
