import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { limitedUpstream } from './support/limited-upstream.mjs';
import { sourceLoader } from './support/load-source.mjs';
import { options } from './support/options.mjs';
import { median, quantile, table } from './support/table.mjs';

// node bench/rate-limits.mjs [--seconds 75] [--lines 4] [--window 60]: a translation run in one core and a user's calls in
// another core with the same database. The upstream enforces 500 requests and 200,000 tokens per minute over a sliding
// window. Targets: use 0.95 of the limit, at most 1 % of requests answered with 429, and a user's call takes at most twice
// as long as without the run. With few lines per request, requests are the limit; with many lines, tokens are.

const { window, seconds, lines, latency, concurrency, ...perMinute } = options({
  window: 60,
  seconds: 75,
  lines: 4,
  latency: 400,
  concurrency: 16,
  requests: 500,
  tokens: 200_000,
});
const upstream = await limitedUpstream({ ...perMinute, windowMs: window * 1000, latencyMs: latency });
const { load, close } = await sourceLoader();
const { createCore } = await load('../core/app/services.ts');
const { createSettings } = await load('../core/app/settings.ts');
const { memorySettings } = await load('../core/app/settings-file.ts');
const { FolderLock } = await load('../core/lib/files/folder-lock.ts');
const { sessionSecrets } = await load('../core/secrets/session-secrets.ts');

const root = mkdtempSync(join(tmpdir(), 'rate-limits-'));
const runtimeRoot = join(root, 'runtime');
const game = join(root, 'game');
mkdirSync(game);
mkdirSync(join(runtimeRoot, 'config'), { recursive: true });
writeFileSync(join(runtimeRoot, 'config/comfyvn.json'), '{ "features": { "enable_public_llm": true } }');
const count = Math.ceil((seconds / 60) * perMinute.requests * 1.5 * lines);
const texts = Array.from(
  { length: count },
  (_, i) => `She waits at platform ${i + 1} until the train leaves.`,
);
writeFileSync(join(game, 'story.txt'), texts.join('\n'));

const newCore = () =>
  createCore({
    host: 'headless',
    version: 'bench',
    env: {
      COMFYVN_LLM_OPENAI_PUBLIC_BASE_URL: `${upstream.url}/v1`,
      COMFYVN_LLM_OPENAI_PUBLIC_API_KEY: 'sk-bench-0123456789abcdef',
    },
    now: Date.now,
    paths: { appRoot: join(import.meta.dirname, '..'), runtimeRoot },
    secrets: sessionSecrets(),
    lock: new FolderLock(runtimeRoot),
    settings: createSettings(memorySettings({ daily_budget_usd: null, call_budget_usd: null })),
    fallbackRuntime: null,
  });
const [interactive, worker] = [newCore(), newCore()];

async function ask(core, name, input) {
  const context = { requestId: crypto.randomUUID(), door: 'cli', signal: new AbortController().signal };
  const answer = await core.dispatcher.dispatch(name, input, context);
  if (!answer.ok) throw new Error(`${name}: ${answer.error.message}`);
  return answer.data;
}

const of = { provider: 'openai_public', model: 'gpt-4o-mini' };

/** Milliseconds of a user's call. */
async function userCall() {
  const started = performance.now();
  const messages = [{ role: 'user', content: 'Describe the harbour at night in one sentence.' }];
  await ask(interactive, 'chat.send', { ...of, messages, max_tokens: 100 });
  return performance.now() - started;
}

async function userCalls(count, everyMs, isOver = () => false) {
  const times = [];
  for (let n = 0; n < count && !isOver(); n++) {
    times.push(await userCall());
    await sleep(everyMs);
  }
  return times;
}

await userCalls(3, 0);
const alone = await userCalls(10, 500);
const { project } = await ask(worker, 'translate.create', {
  game,
  folder: join(root, 'project'),
  ...of,
  source_language: 'English',
  target_language: 'Japanese',
  group_lines: lines,
  context_lines: 0,
  concurrency,
});
await ask(worker, 'translate.import', { project: project.id });
// Waits until the earlier requests are outside of the window.
await sleep(Math.min(window, 20) * 1000);
const before = upstream.log.length;
await ask(worker, 'translate.run', { project: project.id });
while (upstream.log.length === before) await sleep(20);
const began = performance.now();
const isOver = () => performance.now() - began > seconds * 1000;
const during = await userCalls(Infinity, 500, isOver);
const { run } = await ask(worker, 'translate.pause', { project: project.id });
if (run.reason) process.stderr.write(`the run: ${run.state}, ${run.reason}\n`);

const sent = upstream.log.slice(before).filter(({ at }) => at <= began + seconds * 1000);
const answered = sent.filter((one) => one.answered);
const share = {
  requests: answered.length / ((perMinute.requests * seconds) / 60),
  tokens: answered.reduce((sum, { tokens }) => sum + tokens, 0) / ((perMinute.tokens * seconds) / 60),
};
const refused = sent.length - answered.length;
const rows = [
  ['requests, share of the limit', share.requests.toFixed(3)],
  ['tokens, share of the limit', share.tokens.toFixed(3)],
  [
    'requests answered with 429',
    `${refused} of ${sent.length} (${((100 * refused) / sent.length).toFixed(2)} %)`,
  ],
  ["a user's call without the run, median", `${median(alone).toFixed(0)} ms`],
  ["a user's call during the run, median", `${median(during).toFixed(0)} ms`],
  [
    "a user's call during the run, p90",
    `${quantile(during, 0.9).toFixed(0)} ms (without the run ${quantile(alone, 0.9).toFixed(0)})`,
  ],
];
process.stdout.write(
  `${table([`window of ${window} s, ${lines} lines per request, ${seconds} s`, ''], rows)}\n`,
);
await Promise.all([interactive.close(), worker.close()]);
await close();
upstream.close();
rmSync(root, { recursive: true, force: true });
