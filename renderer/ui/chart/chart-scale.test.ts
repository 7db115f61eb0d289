import { expect, test } from 'vitest';
import { daysBetween, niceCeiling } from './chart-scale.ts';

test('an axis ends at the next round number above its highest bar', () => {
  expect([0.2, 0.21, 1, 1.7, 2.1, 4, 6, 99].map(niceCeiling)).toEqual([0.2, 0.25, 1, 2, 2.5, 4, 7.5, 100]);
  expect([0, -1, NaN].map(niceCeiling)).toEqual([1, 1, 1]);
});

test('days without a call are part of the axis', () => {
  expect(daysBetween('2026-02-27', '2026-03-02')).toEqual([
    '2026-02-27',
    '2026-02-28',
    '2026-03-01',
    '2026-03-02',
  ]);
  expect(daysBetween('2026-02-27', '2026-02-27')).toEqual(['2026-02-27']);
});
