import { Agent, request as httpRequest } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { heapMb, heapReporting } from './support/heap-memory.mjs';
import { options } from './support/options.mjs';
import { memoryOf, socketsOf, startMock, startPanel, stop } from './support/processes.mjs';
import { kinds } from './support/soak-kinds.mjs';
import { quantile, table } from './support/table.mjs';

// node bench/soak.mjs [--seconds 1800] [--rate 50]: sends mixed calls to the built server for half an hour. Exits with 1 if
// an answer is not the expected one, a socket or a call to a provider stays open, or memory grows.

const { seconds, rate } = options({ seconds: 1800, rate: 50 });
const intervals = Math.min(10, Math.max(4, Math.floor(seconds / 15)));
/** The maximum growth of memory after the first interval, in MB. */
const maxHeapGrowth = 12;
const maxRssGrowth = 60;
const leaveAfterMs = 150;
/** Below the server's limit of 256. */
const maxAtOnce = 200;
let peak = 0;

const upstream = await startMock();
// A second mock, because the proxy adapter counts as local only if its address is not a cloud provider's.
const house = await startMock();
const panel = await startPanel(upstream.url, {
  nodeArgs: heapReporting,
  features: { enable_public_llm: false, ...flags() },
});
const port = Number(new URL(panel.url).port);
const agent = new Agent({ keepAlive: true });
const results = new Map(kinds.map(({ name }) => [name, { times: [], unexpected: new Map() }]));
const open = new Set();
const violations = [];

function flags() {
  const on = ['openai_public', 'anthropic_public', 'google_gemini'];
  return Object.fromEntries(on.map((name) => [`enable_llm_${name}`, true]));
}

/** The outcome, as `soak-kinds.mjs` names it. */
function outcomeOf(status, type, text) {
  if (type.startsWith('text/event-stream')) {
    if (/^event: done$/m.test(text) || /data: \[DONE\]\s*$/.test(text)) return 'done';
    return /"code":"(\w+)"[^]*$/.exec(text.slice(Math.max(0, text.lastIndexOf('"ok":false'))))?.[1] ?? 'cut';
  }
  if (status === 200) return '200';
  const body = JSON.parse(text);
  return `${status} ${body.error?.code ?? body.code}`;
}

function send({ method, path, body }, leaves) {
  const bytes = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
  const headers = bytes ? { 'content-type': 'application/json', 'content-length': bytes.length } : {};
  return new Promise((resolve) => {
    const request = httpRequest({ port, host: '127.0.0.1', method, path, agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece) => (text += piece));
      response.on('error', () => {});
      response.on('close', () => {
        const whole = response.complete;
        resolve(
          leaves
            ? 'left'
            : whole
              ? outcomeOf(response.statusCode, response.headers['content-type'] ?? '', text)
              : 'cut off',
        );
      });
    });
    request.on('error', (error) => resolve(leaves ? 'left' : `no answer: ${error.code ?? error.message}`));
    request.end(bytes);
    if (leaves) setTimeout(() => request.destroy(), leaveAfterMs);
  });
}

async function callOnce({ name, outcome, call }) {
  const started = performance.now();
  const actual = await send(call, outcome === 'left');
  const result = results.get(name);
  result.times.push(performance.now() - started);
  if (actual !== outcome) result.unexpected.set(actual, (result.unexpected.get(actual) ?? 0) + 1);
}

function begin(kind) {
  const done = callOnce(kind).finally(() => open.delete(done));
  open.add(done);
}

/** Repeats the kinds by their weights, in a pseudo-random order that is the same in every run. */
function* schedule() {
  const deck = kinds.flatMap((kind) => Array.from({ length: kind.weight }, () => kind));
  let seed = 7;
  const random = () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  for (;;) {
    for (let i = deck.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [deck[i], deck[j]] = [deck[j], deck[i]];
    }
    yield* deck;
  }
}

const next = schedule();
/** Sends `rate` calls per second, without waiting for their answers. */
async function run(ms) {
  const started = performance.now();
  for (let sent = 0; performance.now() - started < ms; sent++) {
    const wait = started + (sent * 1000) / rate - performance.now();
    if (wait > 0) await new Promise((go) => setTimeout(go, wait));
    // On a busy machine, calls would pile up and distort the measurement.
    while (open.size >= maxAtOnce) await Promise.race(open);
    begin(next.next().value);
    peak = Math.max(peak, open.size);
  }
}

async function callsOpen() {
  const replies = await Promise.all([upstream, house].map(({ url }) => fetch(`${url}/counts`)));
  const counts = await Promise.all(replies.map((reply) => reply.json()));
  return counts.reduce((sum, { underWay }) => sum + underWay, 0);
}

/** Waits until no call is in progress. Then counts what is still open, and measures memory after a garbage collection. */
async function measure(after) {
  await Promise.all(open);
  for (const socket of Object.values(agent.freeSockets).flat()) socket.destroy();
  let underWay = await callsOpen();
  for (const end = Date.now() + 10_000; underWay > 0 && Date.now() < end; underWay = await callsOpen())
    await new Promise((go) => setTimeout(go, 200));
  const heap = await heapMb(panel);
  return { after, heap, rss: memoryOf(panel.pid), sockets: socketsOf(panel.pid), underWay };
}

const hang = { base_url: `${upstream.url}/v1`, timeout: 2, models: ['mock'] };
const proxy = { base_url: `${house.url}/llm`, models: ['house-model'] };
for (const body of [
  { id: 'soak_hang', provider: 'lmstudio_local', metadata: hang },
  { id: 'soak_proxy', provider: 'proxy', metadata: proxy },
])
  await send({ method: 'POST', path: '/api/llm/runtime/register', body }, false);

await run(5000);
const measurements = [];
for (let i = 1; i <= intervals; i++) {
  await run((seconds * 1000) / intervals);
  measurements.push(await measure((i * seconds) / intervals));
}

for (const [name, { unexpected }] of results)
  for (const [actual, count] of unexpected) violations.push(`${name}: ${count} × ${actual}`);
const growth = (key) => Math.max(...measurements.slice(1).map((one) => one[key])) - measurements[0][key];
if (growth('heap') > maxHeapGrowth) violations.push(`the heap grew by ${growth('heap').toFixed(1)} MB`);
if (growth('rss') > maxRssGrowth) violations.push(`memory grew by ${growth('rss').toFixed(1)} MB`);
const sockets = measurements.map((one) => one.sockets);
// Connections to providers stay open for a while, at most one for each concurrent call.
if (Math.max(...sockets) > peak * 2 + 20) violations.push(`sockets grew: ${sockets.join(', ')}`);
if (measurements.some((one) => one.underWay > 0)) violations.push('calls stayed open at the provider');
agent.destroy();
const code = await stop(panel);
if (code !== 0) violations.push(`the server ended with ${code}`);
const log = readFileSync(join(panel.root, 'logs', 'server.log'), 'utf8');
if (log.includes('internal error')) violations.push('the log has an internal error');
await Promise.all([stop(upstream), stop(house)]);

const all = [...results].filter(([, { times }]) => times.length);
const ms = (value) => value.toFixed(1);
console.log(
  table(
    ['call', 'sent', 'as expected', 'p50 ms', 'p99 ms'],
    all.map(([name, { times, unexpected }]) => {
      const wrong = [...unexpected.values()].reduce((sum, count) => sum + count, 0);
      return [name, times.length, times.length - wrong, ms(quantile(times, 0.5)), ms(quantile(times, 0.99))];
    }),
  ),
);
console.log(
  `\n${table(
    ['after s', 'heap MB', 'resident MB', 'sockets', 'open at the provider'],
    measurements.map((one) => [Math.round(one.after), ms(one.heap), ms(one.rss), one.sockets, one.underWay]),
  )}`,
);
const sent = all.reduce((sum, [, { times }]) => sum + times.length, 0);
console.log(
  `\n${sent} calls in ${seconds} s, at most ${peak} at once: ${violations.length ? 'NOT as expected' : 'all as expected'}`,
);
for (const violation of violations) console.log(`- ${violation}`);
process.exit(violations.length ? 1 : 0);
