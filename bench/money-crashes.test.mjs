import { describe, expect, test } from 'vitest';
import { moneyTrial } from './support/money-trial.mjs';
import { startPostgres } from './support/postgres.mjs';
import { findPostgres } from '../scripts/support/find-postgres.mjs';

// A short version of bench/money-crashes.mjs.
const options = { kills: 5, callers: 20 };
/** Rounding differences of sums, in USD. */
const tolerance = 1e-6;

function expectLedgerMatches({ calls, billed, settled, unknown, reserved }) {
  expect(calls).toBeGreaterThan(20);
  expect(settled).toBeLessThanOrEqual(billed + tolerance);
  expect(settled + unknown + reserved).toBeGreaterThanOrEqual(billed - tolerance);
}

describe('a server that is killed during calls', () => {
  test('has a SQLite ledger that is never below the bill', { timeout: 60_000 }, async () => {
    expectLedgerMatches(await moneyTrial(options));
  });

  test.skipIf(!findPostgres())(
    'has a ledger in an unreliable PostgreSQL that is never below the bill',
    { timeout: 60_000 },
    async () => {
      const postgres = await startPostgres();
      try {
        expectLedgerMatches(await moneyTrial({ ...options, postgres }));
      } finally {
        await postgres.stop();
      }
    },
  );
});
