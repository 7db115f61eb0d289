import { options } from './support/options.mjs';
import { startPostgres } from './support/postgres.mjs';
import { workerTrial } from './support/worker-trial.mjs';

// node bench/workers.mjs [--groups N] [--alone N] [--limited N] [--workers N] [--concurrency N] [--latency MS]: runs one
// translation on several worker processes with a real PostgreSQL and a slow model on loopback. Compares the rate with that
// of one worker, kills a worker and crashes the database during the run, and checks a shared limit in USD.
// Build first: npm run build

const settings = options({
  groups: 5000,
  alone: 500,
  limited: 300,
  workers: 3,
  concurrency: 16,
  latency: 800,
});
const { groups, alone, limited, workers, concurrency, latency } = settings;
const postgres = await startPostgres();
if (!postgres) {
  console.log('PostgreSQL is not installed: nothing is measured (apt-get install postgresql).');
  process.exit(1);
}
const log = (text) => console.log(text);
const shared = { postgres, concurrency, latencyMs: latency, log };
const show = ({ paidTwice, ...trial }) => console.log({ ...trial, paidTwice: paidTwice.length });
const checks = [];
const check = (name, passed) => {
  checks.push(passed);
  console.log(`${passed ? 'passed' : 'FAILED'}: ${name}`);
};
try {
  const one = await workerTrial({ ...shared, groups: alone, workers: 1, faults: false });
  show(one);
  const many = await workerTrial({ ...shared, groups, workers, faults: true });
  show(many);
  const { done = 0, unknown = 0, ...others } = many.states;
  check(
    `every group is done or unknown (${done} + ${unknown} of ${groups})`,
    done + unknown === groups && Object.keys(others).length === 0,
  );
  check(
    'every line is translated, or reported as possibly paid',
    (many.units.draft ?? 0) + (many.units.held ?? 0) === groups,
  );
  check('no line was paid twice', many.paidTwice.length === 0);
  check(
    `at most the requests in progress at the kill and the crash are unknown (${unknown})`,
    unknown <= concurrency + 3 * concurrency,
  );
  check('the ledger is not below the bill', many.billedUsd <= many.ledgerUsd + 1e-6);
  const ratio = many.rate / one.rate;
  console.log(
    `${one.rate.toFixed(1)} requests per second with one worker, ${many.rate.toFixed(1)} with ${workers}: ${ratio.toFixed(2)} times`,
  );
  check('the rate grows by at least 0.9 for each worker', ratio >= 0.9 * workers);
  const maxUsd = (many.billedUsd / many.replies) * limited * 0.5;
  const money = await workerTrial({ ...shared, groups: limited, workers, faults: false, maxUsd });
  show(money);
  check(
    `all workers together stay below the limit of $${maxUsd.toFixed(4)}`,
    money.billedUsd <= maxUsd && money.spentUsd <= maxUsd,
  );
  check('the run reports why it waits', money.run.code === 'budget_exceeded');
} finally {
  await postgres.stop();
}
process.exit(checks.every(Boolean) ? 0 : 1);
