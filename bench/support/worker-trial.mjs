import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { projectRoot, temporaryRoot } from './processes.mjs';

const command = join(projectRoot, 'out', 'main', 'cli.js');
const children = new Set();
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** The prices of gpt-4o-mini, in USD per million tokens. */
const price = { input: 0.15, output: 0.6 };

/** A model on loopback that answers after `latencyMs`, and counts what it would bill. */
export async function startModel(latencyMs) {
  /** How often each line was answered; `times`: when replies were sent. */
  const paid = new Map();
  const times = [];
  const waiting = new Set();
  const bill = { usd: 0 };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const asked = JSON.parse(body).messages.at(-1).content.split('Translate:\n').at(-1);
    const lines = [...asked.matchAll(/^(\d+)\|(.*)$/gm)];
    await new Promise((done) => setTimeout(done, latencyMs));
    for (const [, , text] of lines) paid.set(text, (paid.get(text) ?? 0) + 1);
    const content = JSON.stringify({ lines: lines.map(([, id, text]) => `${id}|訳 ${text}`) });
    const usage = { prompt_tokens: 200, completion_tokens: 40 * lines.length };
    bill.usd += (usage.prompt_tokens * price.input + usage.completion_tokens * price.output) / 1e6;
    times.push(performance.now());
    for (const check of waiting) check();
    const choices = [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }];
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({
        id: 'c',
        object: 'chat.completion',
        created: 1,
        model: 'gpt-4o-mini',
        choices,
        usage,
      }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    paid,
    times,
    bill,
    /** Resolves when this many replies were sent. */
    reached: (count) =>
      new Promise((done) => {
        const check = () => {
          if (times.length < count) return;
          waiting.delete(check);
          done();
        };
        waiting.add(check);
        check();
      }),
    close: () => (server.closeAllConnections(), server.close()),
  };
}

/** A machine of the studio, with its own folder and environment. */
export function machine(database, model, hasKey) {
  const root = temporaryRoot({ 'config/comfyvn.json': { features: { enable_public_llm: true } } });
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    COMFYVN_RUNTIME_ROOT: root,
    COMFYVN_LLM_DATABASE_URL: database,
    COMFYVN_LLM_OPENAI_PUBLIC_BASE_URL: `${model.url}/v1`,
    COMFYVN_LLM_DAILY_BUDGET_USD: '100',
    ...(hasKey ? { COMFYVN_LLM_OPENAI_PUBLIC_API_KEY: 'sk-measurement-worker-key' } : {}),
  };
  return { root, env };
}

export function run({ env }, args, onLine = () => {}) {
  const child = spawn(process.execPath, [command, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  children.add(child);
  const output = { out: '', err: '' };
  child.stdout.on('data', (chunk) => (output.out += chunk));
  createInterface({ input: child.stderr }).on('line', (line) => {
    output.err += `${line}\n`;
    onLine(line);
  });
  const ended = once(child, 'close').then(([code]) => (children.delete(child), code));
  return { child, output, ended };
}

/** Starts a worker and waits until it is ready. */
export async function startWorker(at, concurrency) {
  let ready;
  const isReady = new Promise((done) => (ready = done));
  const worker = run(at, ['worker', '--concurrency', String(concurrency)], (line) => {
    if (line.startsWith('waiting for runs')) ready();
  });
  await Promise.race([isReady, worker.ended.then(() => Promise.reject(new Error(worker.output.err)))]);
  return worker;
}

/** Creates a project for a game with one line per group, so each request has one line. */
export async function project(at, groups) {
  const game = join(at.root, 'game');
  mkdirSync(game);
  const lines = Array.from({ length: groups }, (_, i) => `Line number ${i + 1} of the long story.`);
  writeFileSync(join(game, 'a.txt'), lines.join('\n'));
  const folder = join(at.root, 'project');
  const init = ['translate', 'init', game, '--to', 'Japanese', '--folder', folder];
  const created = run(at, [...init, '-p', 'openai_public', '--model', 'gpt-4o-mini']);
  if ((await created.ended) !== 0) throw new Error(created.output.err);
  const { default: fs } = await import('node:fs');
  const file = join(folder, 'project.json');
  const settings = JSON.parse(fs.readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...settings, group_lines: 1, context_lines: 0 }));
  return folder;
}

/** Replies per second between two fractions of all replies. */
function rateOf(times, from, to) {
  const [first, last] = [Math.floor(times.length * from), Math.floor(times.length * to) - 1];
  return ((last - first) * 1000) / (times[last] - times[first]);
}

/**
 * Runs `groups` requests that `workers` processes share. The machine that starts the run has no key, so it only plans and
 * watches. With `faults`, a worker is killed and replaced, and the database crashes during the run.
 * @param {{ postgres: any, groups: number, workers: number, concurrency: number, latencyMs: number, faults: boolean,
 *   maxUsd?: number, log: (text: string) => void }} options
 */
export async function workerTrial(options) {
  const { postgres, groups, workers, concurrency, latencyMs, faults, maxUsd = 50, log } = options;
  const model = await startModel(latencyMs);
  const name = `trial_${Math.random().toString(36).slice(2, 10)}`;
  const admin = new pg.Client({ connectionString: postgres.directUrl });
  await admin.connect();
  await admin.query(`create database ${name}`);
  await admin.end();
  const database = postgres.directUrl.replace(/\/postgres$/, `/${name}`);
  const first = machine(database, model, false);
  const folder = await project(first, groups);
  const machines = [];
  for (let i = 0; i < workers; i++) machines.push(machine(database, model, true));
  const running = [];
  for (const at of machines) running.push(await startWorker(at, concurrency));
  // Waits until all workers have looked for runs.
  await new Promise((done) => setTimeout(done, 2000));
  const started = performance.now();
  const begun = run(first, ['translate', 'run', folder, '--yes', '--max-usd', String(maxUsd), '--json']);
  let repliesBeforeFaults = groups;
  if (faults) {
    await Promise.race([model.reached(Math.round(groups * 0.4)), begun.ended]);
    repliesBeforeFaults = model.times.length;
    running[0].child.kill('SIGKILL');
    log(`killed a worker at ${model.times.length} replies`);
    running[0] = await startWorker(machines[0], concurrency);
    await Promise.race([model.reached(Math.round(groups * 0.6)), begun.ended]);
    await postgres.halt();
    log(`the database crashed at ${model.times.length} replies`);
    await new Promise((done) => setTimeout(done, 1000));
    await postgres.resume();
  }
  const code = await begun.ended;
  const seconds = (performance.now() - started) / 1000;
  for (const { child } of running) child.kill('SIGTERM');
  await Promise.all(running.map(({ ended }) => ended));
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  const count = async (sql) =>
    Object.fromEntries((await client.query(sql)).rows.map(({ k, n }) => [k, Number(n)]));
  const result = {
    code,
    seconds,
    run: begun.output.out === '' ? begun.output.err : JSON.parse(begun.output.out).run,
    states: await count(`select state as k, count(*) as n from translation_groups group by 1`),
    units: await count(
      `select case when held is not null then 'held' else state end as k, count(*) as n from translation_units group by 1`,
    ),
    machines: await count(`select machine as k, count(*) as n from calls group by 1`),
    spentUsd: (await client.query(`select sum(cost) as usd from translation_groups`)).rows[0].usd,
    ledgerUsd:
      Number(
        (
          await client.query(`select coalesce((select sum(spent) from ledger_days), 0)
          + coalesce((select sum(amount) from ledger_reservations where state <> 'settled'), 0) as nano`)
        ).rows[0].nano,
      ) / 1e9,
    billedUsd: model.bill.usd,
    paidTwice: [...model.paid].filter(([, n]) => n > 1).map(([line]) => line),
    replies: model.times.length,
    rate: rateOf(model.times.slice(0, repliesBeforeFaults), 0.1, 0.95),
  };
  await client.end();
  model.close();
  return result;
}
