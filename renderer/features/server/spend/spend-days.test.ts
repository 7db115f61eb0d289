import { expect, test } from 'vitest';
import { daySums } from './spend-days.ts';

test('two providers on one day are one bar, and a day without spend has an empty one', () => {
  const sums = daySums({
    from: '2026-11-20',
    to: '2026-11-22',
    days: [
      { day: '2026-11-20', provider: 'a', usd: 0.1, calls: 2, failed: 1 },
      { day: '2026-11-20', provider: 'b', usd: 0.3, calls: 1, failed: 0 },
      { day: '2026-11-22', provider: 'a', usd: 0, calls: 4, failed: 0 },
    ],
  });
  expect(sums.map(({ day, usd, calls, failed }) => [day, usd, calls, failed])).toEqual([
    ['2026-11-20', 0.4, 3, 1],
    ['2026-11-21', 0, 0, 0],
    ['2026-11-22', 0, 4, 0],
  ]);
  expect(sums[0]?.providers.map(({ provider }) => provider)).toEqual(['b', 'a']);
});
