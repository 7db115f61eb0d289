import { Agent, request as httpRequest } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { heldBy, tellsHeld } from './support/held-memory.mjs';
import { options } from './support/options.mjs';
import { memoryOf, socketsOf, startMock, startPanel, stop } from './support/processes.mjs';
import { kinds } from './support/soak-kinds.mjs';
import { quantile, table } from './support/table.mjs';

// node bench/soak.mjs [--seconds 1800] [--rate 50]: the built server under mixed calls for half an hour. Ends with 1
// when an answer was not the one planned for it, a socket or a provider's call stayed open, or memory grew.

const { seconds, rate } = options({ seconds: 1800, rate: 50 });
const windows = Math.min(10, Math.max(4, Math.floor(seconds / 15)));
/** What memory may differ by between the settled windows after the first, in MB. */
const heapRoom = 12;
const rssRoom = 60;
const leaveAfterMs = 150;
/** Fewer than the 256 that the server takes. */
const maxAtOnce = 200;
let peak = 0;

const upstream = await startMock();
// A cloud provider's address is one for every adapter there: what is to count as a local proxy has one of its own.
const house = await startMock();
const panel = await startPanel(upstream.url, {
  nodeArgs: tellsHeld,
  features: { enable_public_llm: false, ...flags() },
});
const port = Number(new URL(panel.url).port);
const agent = new Agent({ keepAlive: true });
const results = new Map(kinds.map(({ name }) => [name, { times: [], unplanned: new Map() }]));
const open = new Set();
const violations = [];

function flags() {
  const on = ['openai_public', 'anthropic_public', 'google_gemini'];
  return Object.fromEntries(on.map((name) => [`enable_llm_${name}`, true]));
}

/** The outcome in the words of `soak-kinds.mjs`. */
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
  const got = await send(call, outcome === 'left');
  const result = results.get(name);
  result.times.push(performance.now() - started);
  if (got !== outcome) result.unplanned.set(got, (result.unplanned.get(got) ?? 0) + 1);
}

function begin(kind) {
  const done = callOnce(kind).finally(() => open.delete(done));
  open.add(done);
}

/** Each kind as often as its weight says, in an order that is the same every time and looks like none. */
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
/** Sends `rate` calls a second whatever becomes of them, as callers do. */
async function run(ms) {
  const started = performance.now();
  for (let sent = 0; performance.now() - started < ms; sent++) {
    const wait = started + (sent * 1000) / rate - performance.now();
    if (wait > 0) await new Promise((go) => setTimeout(go, wait));
    // A machine that is held up by others must not be measured by what piled up meanwhile.
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

/** Waits until nothing is under way, then looks: at what stayed open, and at memory after a collection. */
async function look(after) {
  await Promise.all(open);
  for (const socket of Object.values(agent.freeSockets).flat()) socket.destroy();
  let underWay = await callsOpen();
  for (const end = Date.now() + 10_000; underWay > 0 && Date.now() < end; underWay = await callsOpen())
    await new Promise((go) => setTimeout(go, 200));
  const heap = await heldBy(panel);
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
const looks = [];
for (let i = 1; i <= windows; i++) {
  await run((seconds * 1000) / windows);
  looks.push(await look((i * seconds) / windows));
}

for (const [name, { unplanned }] of results)
  for (const [got, count] of unplanned) violations.push(`${name}: ${count} × ${got}`);
const span = (key) => Math.max(...looks.slice(1).map((one) => one[key])) - looks[0][key];
if (span('heap') > heapRoom) violations.push(`the heap grew by ${span('heap').toFixed(1)} MB`);
if (span('rss') > rssRoom) violations.push(`memory grew by ${span('rss').toFixed(1)} MB`);
const sockets = looks.map((one) => one.sockets);
// Connections to the providers are kept for a while, at most as many as there were calls at once.
if (Math.max(...sockets) > peak * 2 + 20) violations.push(`sockets grew: ${sockets.join(', ')}`);
if (looks.some((one) => one.underWay > 0)) violations.push('calls stayed open at the provider');
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
    ['call', 'sent', 'as planned', 'p50 ms', 'p99 ms'],
    all.map(([name, { times, unplanned }]) => {
      const wrong = [...unplanned.values()].reduce((sum, count) => sum + count, 0);
      return [name, times.length, times.length - wrong, ms(quantile(times, 0.5)), ms(quantile(times, 0.99))];
    }),
  ),
);
console.log(
  `\n${table(
    ['after s', 'heap MB', 'resident MB', 'sockets', 'open at the provider'],
    looks.map((one) => [Math.round(one.after), ms(one.heap), ms(one.rss), one.sockets, one.underWay]),
  )}`,
);
const sent = all.reduce((sum, [, { times }]) => sum + times.length, 0);
console.log(
  `\n${sent} calls in ${seconds} s, ${peak} at once at most: ${violations.length ? 'NOT as planned' : 'all as planned'}`,
);
for (const violation of violations) console.log(`- ${violation}`);
process.exit(violations.length ? 1 : 0);
