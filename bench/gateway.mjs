import { Client, requestBytes } from './support/client.mjs';
import { options } from './support/options.mjs';
import { startPortkey } from './support/portkey.mjs';
import { cpuOf, memoryOf, startMock, startNode, startPanel, stop } from './support/processes.mjs';
import { median, quantile, table } from './support/table.mjs';

// node bench/gateway.mjs [--rounds 15] [--seconds 0.7]: compares the built server, a minimal gateway in Node (the floor),
// Portkey and the provider itself. They alternate in short intervals and stream by stream, so other load on the machine
// affects all of them. Only the ratios within one run are meaningful.

const { rounds, seconds, only } = options({ rounds: 15, seconds: 0.7, only: '' });
const floorScript = 'bench/support/floor.mjs';
const chunks = 200;
const streamsPerRound = 10;
const paced = { chunks: 40, delay: 5, streams: 8 };

const mock = await startMock();
const floor = await startNode([floorScript, mock.url]);
const panel = await startPanel(mock.url);
const portkey = only === '' ? await startPortkey() : null;

const text = 'Continue the scene in which Mika finds the ledger. Keep it under 120 words.';
const bodyOf = (model, knobs = '', stream = false) => ({
  model,
  temperature: 0.7,
  max_tokens: 256,
  messages: [
    { role: 'system', content: 'You write dialogue for a visual novel set in a quiet harbour town.' },
    { role: 'user', content: `${text} [[${knobs}]]` },
  ],
  ...(stream ? { stream: true } : {}),
});

const at = (url) => `${url}/v1/chat/completions`;
const key = { authorization: 'Bearer sk-measurement' };
const target = (name, process, model, headers = {}, more = {}) => ({
  name,
  process,
  url: at(process.url),
  model,
  headers,
  streams: true,
  ...more,
  samples: {},
});
const forPortkey = { ...key, 'x-portkey-provider': 'openai', 'x-portkey-custom-host': `${mock.url}/v1` };
const openAi = 'openai_public/gpt-4o-mini';
const translated = [
  ['Anthropic', 'anthropic_public/claude-haiku-4-5-20251001'],
  ['Gemini', 'google_gemini/gemini-3.5-flash-lite'],
  ['Ollama', 'ollama_default/mistral:latest'],
];
const targets = [
  target('provider itself', mock, 'gpt-4o-mini', key),
  target('floor', floor, 'gpt-4o-mini', key),
  target('panel', panel, openAi),
  ...(portkey ? [target('Portkey', portkey, 'gpt-4o-mini', forPortkey)] : []),
  ...translated.map(([name, model]) => target(`panel to ${name}`, panel, model, {}, { streams: false })),
];

function record(of, name, value) {
  (of.samples[name] ??= []).push(value);
}

async function load(of, connections, ms) {
  const bytes = requestBytes(of.url, of.headers, bodyOf(of.model));
  const clients = Array.from({ length: connections }, () => new Client(of.url));
  const times = [];
  const cpu = cpuOf(of.process.pid);
  const started = performance.now();
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() - started < ms) {
        const from = performance.now();
        const status = await client.request(bytes);
        if (status !== 200) throw new Error(`${of.name} answers ${status}`);
        times.push(performance.now() - from);
      }
    }),
  );
  const passed = performance.now() - started;
  for (const client of clients) client.close();
  return {
    rate: (times.length / passed) * 1000,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    cpu: (cpuOf(of.process.pid) - cpu) / times.length,
  };
}

const now = () => performance.timeOrigin + performance.now();

/** Reads one stream: the time until the first piece, and the delay of each piece. */
async function oneStream(of, client, knobs) {
  const bytes = requestBytes(of.url, of.headers, bodyOf(of.model, knobs, true));
  const started = performance.now();
  const lags = [];
  let first = NaN;
  let unread = '';
  await client.request(bytes, (piece) => {
    const received = unread + piece.latin1Slice();
    let last = 0;
    for (const match of received.matchAll(/t=(\d+\.\d+);/g)) {
      if (Number.isNaN(first)) first = performance.now() - started;
      lags.push(now() - Number(match[1]));
      last = match.index + match[0].length;
    }
    unread = received.slice(Math.max(last, received.length - 40));
  });
  return { first, lags, ms: performance.now() - started };
}

/** Measures the delay of pieces in parallel streams whose pieces come at intervals. */
async function pacedStreams(of) {
  const clients = Array.from({ length: paced.streams }, () => new Client(of.url));
  const knobs = `chunks=${paced.chunks} delay=${paced.delay}`;
  const all = await Promise.all(clients.map((one) => oneStream(of, one, knobs)));
  for (const one of clients) one.close();
  const lags = all.flatMap((one) => one.lags);
  record(of, 'lost', paced.streams * paced.chunks - lags.length);
  record(of, 'lag', quantile(lags, 0.99));
}

/** Streams without delays, alternating between the targets; then streams whose pieces come at intervals. */
async function streams() {
  const all = targets.filter((of) => of.streams).map((of) => ({ of, client: new Client(of.url) }));
  for (let i = 0; i < streamsPerRound; i++)
    for (const { of, client } of all) {
      const { first, lags, ms } = await oneStream(of, client, `chunks=${chunks}`);
      record(of, 'first', first);
      record(of, 'perSecond', (lags.length / ms) * 1000);
      record(of, 'lost', chunks - lags.length);
    }
  for (const { client } of all) client.close();
  for (const { of } of all) await pacedStreams(of);
}

async function measure(of) {
  for (const connections of [1, 16]) {
    const { rate, p50, p99, cpu } = await load(of, connections, seconds * 1000);
    record(of, `rate${connections}`, rate);
    record(of, `p50at${connections}`, p50);
    record(of, `p99at${connections}`, p99);
    record(of, `cpu${connections}`, cpu);
  }
}

// Two warm-up rounds.
for (let i = 0; i < 2; i++) {
  for (const of of targets) await load(of, 16, 1500);
  await streams();
}
for (const of of targets) of.samples = {};
for (let round = 1; round <= rounds; round++) {
  console.error(`round ${round} of ${rounds}`);
  for (const of of targets) await measure(of);
  await streams();
}
const peak = new Map(targets.map((of) => [of, memoryOf(of.process.pid, 'VmHWM')]));

const [direct, base, ours] = targets;
const peer = targets.find(({ name }) => name === 'Portkey');
const mid = (of, name) => median(of.samples[name] ?? []);
/** Compares within each round, so a slow round affects both values. */
const addedOf = (of, name) => {
  const own = of.samples[name] ?? [];
  const bare = direct.samples[name];
  return median(own.map((value, i) => value - bare[i]));
};
const fixed = (value, digits = 2) => (Number.isFinite(value) ? value.toFixed(digits) : '–');

const head = [
  '',
  'calls/s at 1',
  'at 16',
  'added p50 ms at 1',
  'at 16',
  'CPU µs at 16',
  'added ms to first piece',
];
const headMore = ['pieces/s', 'lost', 'p99 lag ms, 8 paced', 'peak MB'];
const rows = targets.map((of) => [
  of.name,
  fixed(mid(of, 'rate1'), 0),
  fixed(mid(of, 'rate16'), 0),
  fixed(of === direct ? NaN : addedOf(of, 'p50at1')),
  fixed(of === direct ? NaN : addedOf(of, 'p50at16')),
  fixed(mid(of, 'cpu16'), 0),
  fixed(of === direct || !of.streams ? NaN : addedOf(of, 'first')),
  fixed(mid(of, 'perSecond'), 0),
  fixed(
    (of.samples.lost ?? []).reduce((sum, one) => sum + one, 0),
    0,
  ),
  fixed(mid(of, 'lag')),
  fixed(peak.get(of), 0),
]);
console.log(table([...head, ...headMore], rows));

const ratio = (own, other) => own / other;
const limits = [
  ['added p50 at 1 / floor', ratio(addedOf(ours, 'p50at1'), addedOf(base, 'p50at1')), '≤ 1.5'],
  ['calls/s at 16 / floor', ratio(mid(ours, 'rate16'), mid(base, 'rate16')), '≥ 0.55'],
  ['CPU per call at 16 / floor', ratio(mid(ours, 'cpu16'), mid(base, 'cpu16')), '≤ 1.6'],
  ['added to first piece / floor', ratio(addedOf(ours, 'first'), addedOf(base, 'first')), '≤ 1.5'],
  ['pieces/s / floor', ratio(mid(ours, 'perSecond'), mid(base, 'perSecond')), '≥ 0.8'],
  ['p99 lag of 8 paced streams / floor', ratio(mid(ours, 'lag'), mid(base, 'lag')), '≤ 2'],
  ['peak memory / floor', ratio(peak.get(ours), peak.get(base)), '≤ 1.5'],
  ...targets
    .slice(-translated.length)
    .map((of) => [
      `added p50 at 1 ${of.name.slice(6)} / to OpenAI`,
      ratio(addedOf(of, 'p50at1'), addedOf(ours, 'p50at1')),
      '≤ 1.6',
    ]),
  ...(peer
    ? [
        ['calls/s at 16 / Portkey', ratio(mid(ours, 'rate16'), mid(peer, 'rate16')), '≥ 5'],
        ['added to first piece / Portkey', ratio(addedOf(ours, 'first'), addedOf(peer, 'first')), '≤ 0.125'],
      ]
    : []),
];
const meets = (value, limit) => {
  const bound = Number(limit.slice(2));
  return limit.startsWith('≤') ? value <= bound : value >= bound;
};
console.log(
  `\n${table(
    ['ratio', 'measured', 'target', ''],
    limits.map(([name, value, limit]) => [name, fixed(value), limit, meets(value, limit) ? 'met' : 'missed']),
  )}`,
);
for (const one of [panel, floor, mock, ...(portkey ? [portkey] : [])]) await stop(one);
process.exit(0);
