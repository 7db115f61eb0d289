import { expect, test } from 'vitest';
import { chrfText, priceOf, rateText } from './figures.ts';

test('figures stand with their intervals, and what is not known is no number', () => {
  expect(rateText({ rate: 0.975, interval: { low: 0.913, high: 0.993 } })).toBe('97.5 % (91.3–99.3)');
  expect(rateText({ rate: null, interval: null })).toBe('–');
  expect(chrfText({ score: 61.24, interval: { low: 58, high: 64.06 }, units: 9 })).toBe('61.2 (58.0–64.1)');
  expect(chrfText(null)).toBe('–');
  const usd = (amount: number) => `$${amount}`;
  expect(priceOf({ usd: null, known: 0, sent: 4 }, usd)).toBe('price unknown');
  expect(priceOf({ usd: 0, known: 4, sent: 4 }, usd)).toBe('$0');
  expect(priceOf({ usd: 2, known: 3, sent: 4 }, usd)).toBe('$2 of 3/4');
});
