import { readFileSync, readdirSync } from 'node:fs';
import pg from 'pg';
import { options } from './support/options.mjs';
import { startPostgres } from './support/postgres.mjs';
import { machine, project, run, startModel, startWorker } from './support/worker-trial.mjs';

// node bench/worker-cost.mjs [--groups N] [--concurrency N] [--latency MS] [--statements N]: measures the cost of one group
// of a shared run: CPU time of the worker and of PostgreSQL, statements and transactions. Measures from 25 % to 90 % of the
// run. Unlike a rate, CPU time hardly depends on other load on the machine. Build first: npm run build

const { groups, concurrency, latency, statements } = options({
  groups: 600,
  concurrency: 16,
  latency: 300,
  statements: 30,
});

const tickMs = 10;

/** CPU time of a process and of its children that have ended, in ms (Linux only). */
function cpuMs(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * tickMs;
  } catch {
    return 0;
  }
}

/** CPU time of a process and its descendants, in ms. */
function treeCpuMs(pid) {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      try {
        return [
          Number(name),
          Number(readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1).split(' ')[1]),
        ];
      } catch {
        return [0, 0];
      }
    });
  const children = parents.filter(([, parent]) => parent === pid).map(([child]) => child);
  return cpuMs(pid) + children.reduce((sum, child) => sum + treeCpuMs(child), 0);
}

const postgres = await startPostgres(['shared_preload_libraries=pg_stat_statements']);
if (!postgres) {
  console.log('PostgreSQL is not installed: nothing is measured (apt-get install postgresql).');
  process.exit(1);
}
const model = await startModel(latency);
try {
  const name = 'worker_cost';
  const admin = new pg.Client({ connectionString: postgres.directUrl });
  await admin.connect();
  await admin.query(`create database ${name}`);
  await admin.end();
  const database = postgres.directUrl.replace(/\/postgres$/, `/${name}`);
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  await client.query('create extension pg_stat_statements');
  const first = machine(database, model, false);
  const folder = await project(first, groups);
  const worker = await startWorker(machine(database, model, true), concurrency);
  await new Promise((done) => setTimeout(done, 2000));
  const begun = run(first, ['translate', 'run', folder, '--yes', '--max-usd', '50', '--json']);
  const measure = () => ({
    replies: model.times.length,
    workerMs: cpuMs(worker.child.pid),
    postgresMs: treeCpuMs(postgres.pid()),
  });
  await Promise.race([model.reached(Math.round(groups * 0.25)), begun.ended]);
  const before = measure();
  await client.query('select pg_stat_statements_reset()');
  await Promise.race([model.reached(Math.round(groups * 0.9)), begun.ended]);
  const after = measure();
  const { rows } = await client.query(`select query, calls, total_exec_time + total_plan_time as ms
    from pg_stat_statements join pg_database on pg_database.oid = dbid
    where datname = '${name}' and query not like '%pg_stat_statements%' order by calls desc`);
  await begun.ended;
  worker.child.kill('SIGTERM');
  await worker.ended;
  await client.end();
  const n = after.replies - before.replies;
  const calls = rows.reduce((sum, row) => sum + Number(row.calls), 0);
  const count = (pattern) =>
    rows.filter(({ query }) => pattern.test(query)).reduce((sum, row) => sum + Number(row.calls), 0) / n;
  for (const { query, calls: times, ms } of rows.slice(0, statements))
    console.log(
      `${(Number(times) / n).toFixed(2).padStart(6)} ${(Number(ms) / Number(times)).toFixed(3).padStart(8)} ms  ${query.replace(/\s+/g, ' ').slice(0, 130)}`,
    );
  console.log(
    `${n} groups: ${((after.workerMs - before.workerMs) / n).toFixed(2)} ms of CPU time per group in the worker, ${((after.postgresMs - before.postgresMs) / n).toFixed(2)} ms in PostgreSQL; ${(calls / n).toFixed(1)} statements, ${count(/^begin/i).toFixed(2)} transactions, ${count(/pg_notify/).toFixed(3)} notifications`,
  );
} finally {
  model.close();
  await postgres.stop();
}
process.exit(0);
