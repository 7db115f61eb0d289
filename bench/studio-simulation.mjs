// node bench/studio-simulation.mjs [--lines 10000000] [--machines 5] [--concurrency 16]
// Simulates a studio's run with a virtual clock: machines take groups from one database and wait for a provider's rate
// limits, by the product's own token bucket. Prints hours, USD, the database's size and rates, and the bottleneck.
import { sourceLoader } from './support/load-source.mjs';
import { options } from './support/options.mjs';
import { table } from './support/table.mjs';

const { lines, machines, concurrency } = options({ lines: 10_000_000, machines: 5, concurrency: 16 });

/** Measured: `bench/translation-tokens.mjs`, groups of 40 lines (824 lines in 22 requests). */
const group = { lines: 824 / 22, prompt: 26_075 / 22 };
/** Tokens of a translated line and its format. The source has 24.2 tokens per line, and Japanese needs about as many. */
const replyTokensPerLine = 24.2 + 2.23;
/** Measured: claiming, marking and settling a group on one PostgreSQL, the slower of two runs (docs/decisions/0017). */
const groupsPerSecond = 128;
/** Measured in SQLite with 5,000 lines of 70 characters, including groups, texts and calls. */
const bytesPerLine = 662;

/** Limits per minute with their source, USD per million tokens, and the speed of replies. */
const providers = [
  {
    // OpenAI's models page, first tier of gpt-4o-mini: 500 requests, 200,000 tokens.
    name: 'OpenAI, gpt-4o-mini, first tier',
    limits: { requests: 500, tokens: 200_000 },
    price: { prompt: 0.15, reply: 0.6, batch: 0.5 },
    speed: { firstMs: 500, tokensPerSecond: 80 },
  },
  {
    // Anthropic's rate limits as of 2026-10-17, tier Scale, as listed for its larger models: 4,000 requests, 4,000,000 input
    // and 800,000 output tokens. The price is Haiku 5.5's.
    name: 'Anthropic, tier Scale, Haiku 5.5',
    limits: { requests: 4000, input_tokens: 4_000_000, output_tokens: 800_000 },
    price: { prompt: 0.1, reply: 0.5, batch: 0.5 },
    speed: { firstMs: 600, tokensPerSecond: 120 },
  },
];

/** Events in the order of their times (a binary heap). */
class Timeline {
  #heap = [];

  get size() {
    return this.#heap.length;
  }

  add(at, act) {
    const heap = this.#heap;
    let i = heap.push({ at, act }) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (heap[parent].at <= heap[i].at) break;
      [heap[parent], heap[i]] = [heap[i], heap[parent]];
      i = parent;
    }
  }

  next() {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (heap.length > 0) {
      heap[0] = last;
      for (let i = 0; ;) {
        const left = 2 * i + 1;
        let least = i;
        if (left < heap.length && heap[left].at < heap[least].at) least = left;
        if (left + 1 < heap.length && heap[left + 1].at < heap[least].at) least = left + 1;
        if (least === i) break;
        [heap[least], heap[i]] = [heap[i], heap[least]];
        i = least;
      }
    }
    return first;
  }
}

/**
 * Simulates one run. `busyMs` is the working time of the database. `limitMs` and `replyMs` are the total times that requests
 * waited for limits and for replies.
 */
function simulate({ limits, speed }, { emptyBucket, withLimits, refilled, waitOf, taken }) {
  const timeline = new Timeline();
  const reply = group.lines * replyTokensPerLine;
  const amounts = {
    requests: 1,
    tokens: group.prompt + reply,
    input_tokens: group.prompt,
    output_tokens: reply,
  };
  const replyMs = speed.firstMs + (reply / speed.tokensPerSecond) * 1000;
  let left = Math.ceil(lines / group.lines);
  let bucket = withLimits(emptyBucket(0), limits);
  let now = 0;
  let databaseFree = 0;
  const line = [];
  const totals = { groups: left, busyMs: 0, limitMs: 0, replyMs: 0, ms: 0 };
  let serving = false;

  const inDatabase = (then) => {
    const ms = 1000 / groupsPerSecond;
    databaseFree = Math.max(databaseFree, now) + ms;
    totals.busyMs += ms;
    timeline.add(databaseFree, then);
  };
  const serve = () => {
    serving = false;
    while (line.length > 0) {
      bucket = refilled(bucket, now);
      const wait = waitOf(bucket, now, limits, amounts, 'bulk');
      if (wait) {
        serving = true;
        timeline.add(now + Math.max(1, wait.ms), serve);
        return;
      }
      bucket = taken(bucket, amounts, 'bulk');
      totals.limitMs += now - line.shift();
      totals.replyMs += replyMs;
      timeline.add(now + replyMs, take);
    }
  };
  const take = () => {
    if (left === 0) return;
    left -= 1;
    inDatabase(() => {
      line.push(now);
      if (!serving) serve();
    });
  };
  for (let slot = 0; slot < machines * concurrency; slot++) timeline.add(0, take);
  while (timeline.size > 0) {
    const { at, act } = timeline.next();
    now = at;
    act();
  }
  totals.ms = now;
  return totals;
}

function bottleneckOf({ ms, busyMs, limitMs, replyMs }) {
  if (busyMs > ms * 0.9) return 'the database';
  return limitMs > replyMs ? 'the provider’s limits' : 'replies: more requests at a time would help';
}

const source = await sourceLoader();
try {
  const buckets = await source.load('rate-limits/bucket.ts');
  const rows = providers.map((provider) => {
    const totals = simulate(provider, buckets);
    const hours = totals.ms / 3_600_000;
    const { prompt, reply, batch } = provider.price;
    const usd = (totals.groups * group.prompt * prompt + lines * replyTokensPerLine * reply) / 1e6;
    const seconds = totals.ms / 1000;
    return [
      provider.name,
      hours.toFixed(1),
      usd.toFixed(0),
      (usd * batch).toFixed(0),
      (lines / seconds).toFixed(0),
      // Two rows per line (its text and its translation memory), and three writes of a group's row.
      ((lines * 2 + totals.groups * 3) / seconds).toFixed(0),
      `${((totals.busyMs / totals.ms) * 100).toFixed(0)} %`,
      bottleneckOf(totals),
    ];
  });
  const head = [
    'provider',
    'hours',
    'USD live',
    'USD in batches',
    'lines/s',
    'rows/s',
    'database busy',
    'bottleneck',
  ];
  console.log(table(head, rows));
  console.log(`\nThe database: ${((lines * bytesPerLine) / 1e9).toFixed(1)} GB.`);
} finally {
  await source.close();
}
