import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { sourceLoader } from './support/load-source.mjs';

// node bench/call-log.mjs [calls]: measures the time to record a call in the call log, and to read a page of it. Uses a
// SQLite file in a temporary folder, or the PostgreSQL of COMFYVN_LLM_DATABASE_URL.

const count = Number(process.argv[2] ?? 100_000);
const root = mkdtempSync(join(tmpdir(), 'llm-panel-bench-'));
const { load, close } = await sourceLoader();

const { Redactor } = await load('lib/redact.ts');
const { silentLog } = await load('lib/log/log.ts');
const { openCallStorage } = await load('app/call-storage.ts');

const providers = [
  'openai_public',
  'anthropic_public',
  'google_gemini',
  'openrouter',
  'lmstudio_local',
  'ollama_default',
  'stub',
];
const modules = ['translate', 'vn_chat', 'narrator', 'worldbuild', 'battle_narration', null];
const dayMs = 86_400_000;
let now = Date.parse('2026-08-25T00:00:00Z');

const redactor = new Redactor();
redactor.add('sk-a-key-that-is-looked-for-in-every-row');
const settings = { get: () => ({ record_bodies: false, daily_budget_usd: 2, call_budget_usd: 0.25 }) };
const storage = openCallStorage({
  env: process.env,
  paths: { appRoot: root, runtimeRoot: root },
  log: silentLog,
  redactor,
  settings,
  now: () => now,
  onWritten() {},
  onWarning: () => console.error(storage.warnings().join('\n')),
});
await storage.open();

/** Records calls of all kinds: some models and modules never occur together, 1 in 50 fails, 1 in 5 is a dry run. */
function record(i) {
  const provider = providers[i % 7];
  const model = `${provider}-model-${i % 3}`;
  const module = modules[(i * 5) % 6];
  const context = { requestId: `request-${i}`, door: 'http', signal: undefined };
  const call = storage.recorder.begin(
    { provider, model, module, messages: [], dry_run: i % 5 === 0 },
    context,
  );
  const attempts = [{ n: 1, provider, model, reason: 'first', status: 200, code: null, ms: 800 }];
  const usage = { prompt_tokens: 1200, completion_tokens: 300, total_tokens: 1500 };
  const cost = { total: 0.00123, currency: 'USD', source: 'price_table' };
  if (i % 50 === 0) call.failed(new Error('no'));
  else if (i % 5 === 0) call.planned({ provider, model, module, preset: null });
  else
    call.answered({
      provider,
      model,
      module,
      preset: null,
      mock: false,
      reply: '',
      usage,
      cost,
      timing: { upstream_ms: 800 + (i % 1000) },
      attempts,
    });
}

/** How many calls the log writes at once. */
const batch = 400;
const ms = (from) => performance.now() - from;
const delay = monitorEventLoopDelay({ resolution: 1 });
let recording = 0;
const cpu = process.cpuUsage();
const started = performance.now();
delay.enable();
for (let i = 0; i < count; i++) {
  now += (88 * dayMs) / count;
  const from = performance.now();
  record(i);
  recording += ms(from);
  if ((i + 1) % batch === 0) await storage.calls.flush();
}
await storage.calls.flush();
delay.disable();
const { user, system } = process.cpuUsage(cpu);
const perCall = (micros) => `${(micros / count).toFixed(1)} µs`;
console.log(
  `${count} calls in batches of ${batch}, ${process.env.COMFYVN_LLM_DATABASE_URL ? 'PostgreSQL' : 'SQLite'}`,
);
console.log(`added to each call: ${perCall(recording * 1000)}`);
console.log(
  `whole batch: ${perCall(ms(started) * 1000)} per call; CPU time of all threads: ${perCall(user + system)} per call`,
);
console.log(
  `event loop delay: at most ${(delay.max / 1e6).toFixed(1)} ms, 99 % below ${(delay.percentile(99) / 1e6).toFixed(1)} ms`,
);
if (!process.env.COMFYVN_LLM_DATABASE_URL)
  console.log(`file: ${(statSync(join(root, 'data', 'llm.db')).size / 1e6).toFixed(0)} MB`);

const middle = (await storage.calls.list({ limit: 1, day: '2026-10-10' })).calls[0]?.id;
const pages = {
  newest: {},
  'from the middle': { before: middle },
  provider: { provider: 'openrouter' },
  module: { module: 'narrator' },
  model: { model: 'stub-model-1' },
  failed: { ok: false },
  dry: { mode: 'dry' },
  'status 500': { status: 500 },
  'a day': { day: '2026-10-10' },
  'provider, module, mode': { provider: 'openrouter', module: 'narrator', mode: 'live' },
  'provider and a model of another (nothing)': { provider: 'openrouter', model: 'stub-model-1' },
  'mode and status (nothing)': { mode: 'live', status: 404 },
  'model and status (nothing)': { model: 'stub-model-1', status: 404 },
  'module, failed, dry': { module: 'narrator', ok: false, mode: 'dry' },
  'text, a request': { text: `request-${count - 5}` },
  'text (nothing)': { text: 'no such words' },
  'text and provider (nothing)': { text: 'no such words', provider: 'openrouter' },
};
console.log('pages of 100, median and slowest of 30, in ms');
for (const [name, filter] of Object.entries(pages)) {
  const times = [];
  let page;
  for (let i = 0; i < 31; i++) {
    const from = performance.now();
    page = await storage.calls.list({ limit: 100, ...filter });
    if (i > 0) times.push(ms(from));
  }
  times.sort((a, b) => a - b);
  console.log(
    `${name.padEnd(44)} ${times[15].toFixed(1).padStart(6)} ${times.at(-1).toFixed(1).padStart(6)}  ${page.calls.length} calls`,
  );
}
const from = performance.now();
await storage.calls.spend(30);
console.log(`${'spend of 30 days'.padEnd(44)} ${ms(from).toFixed(1).padStart(6)}`);
console.log(`memory: ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`);
await storage.close();
await close();
rmSync(root, { recursive: true, force: true });
