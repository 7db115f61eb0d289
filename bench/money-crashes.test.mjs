import { describe, expect, test } from 'vitest';
import { moneyTrial } from './support/money-trial.mjs';
import { startPostgres } from './support/postgres.mjs';
import { findPostgres } from '../scripts/support/find-postgres.mjs';

// The short form of bench/money-crashes.mjs.
const options = { kills: 5, callers: 20 };
/** USD; sums of fractions differ that much. */
const noise = 1e-6;

function expectHolds({ calls, billed, settled, unknown, reserved }) {
  expect(calls).toBeGreaterThan(20);
  expect(settled).toBeLessThanOrEqual(billed + noise);
  expect(settled + unknown + reserved).toBeGreaterThanOrEqual(billed - noise);
}

describe('a server that is killed during calls', () => {
  test('has a SQLite ledger that is never below the bill', { timeout: 60_000 }, async () => {
    expectHolds(await moneyTrial(options));
  });

  test.skipIf(!findPostgres())(
    'has a ledger in an unreliable PostgreSQL that is never below the bill',
    { timeout: 60_000 },
    async () => {
      const postgres = await startPostgres();
      try {
        expectHolds(await moneyTrial({ ...options, postgres }));
      } finally {
        await postgres.stop();
      }
    },
  );
});
