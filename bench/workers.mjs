import { options } from './support/options.mjs';
import { startPostgres } from './support/postgres.mjs';
import { workerTrial } from './support/worker-trial.mjs';

// One run on several worker processes and a real PostgreSQL, against a model on loopback that takes its time: the rate
// beside that of one worker; a worker killed and the database crashed in the middle; a limit that all of them keep to.
// Build first: npm run build. node bench/workers.mjs [--groups N] [--alone N] [--limited N] [--workers N]
// [--concurrency N] [--latency MS]

const given = options({ groups: 5000, alone: 500, limited: 300, workers: 3, concurrency: 16, latency: 800 });
const { groups, alone, limited, workers, concurrency, latency } = given;
const postgres = await startPostgres();
if (!postgres) {
  console.log('No PostgreSQL: nothing is measured (apt-get install postgresql).');
  process.exit(1);
}
const log = (text) => console.log(text);
const shared = { postgres, concurrency, latencyMs: latency, log };
const show = ({ paidTwice, ...trial }) => console.log({ ...trial, paidTwice: paidTwice.length });
const checks = [];
const check = (name, holds) => {
  checks.push(holds);
  console.log(`${holds ? 'holds' : 'FAILED'}: ${name}`);
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
    'every line is translated, or held and shown',
    (many.units.draft ?? 0) + (many.units.held ?? 0) === groups,
  );
  check('no line was paid twice', many.paidTwice.length === 0);
  check(
    `at most what the killed worker had under way is unknown (${unknown})`,
    unknown <= concurrency + 3 * concurrency,
  );
  check('the ledger is not below the bill', many.billedUsd <= many.ledgerUsd + 1e-6);
  const ratio = many.rate / one.rate;
  console.log(
    `${one.rate.toFixed(1)} requests a second with one worker, ${many.rate.toFixed(1)} with ${workers}: ${ratio.toFixed(2)} times`,
  );
  check('at least 0.9 of as many times as there are workers', ratio >= 0.9 * workers);
  const maxUsd = (many.billedUsd / many.replies) * limited * 0.5;
  const money = await workerTrial({ ...shared, groups: limited, workers, faults: false, maxUsd });
  show(money);
  check(
    `all workers together keep to the limit of $${maxUsd.toFixed(4)}`,
    money.billedUsd <= maxUsd && money.spentUsd <= maxUsd,
  );
  check('the run says why it waits', money.run.code === 'budget_exceeded');
} finally {
  await postgres.stop();
}
process.exit(checks.every(Boolean) ? 0 : 1);
