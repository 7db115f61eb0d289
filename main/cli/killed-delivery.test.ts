import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { featuresOn, providerEnv } from '../core/__fixtures__/chat-core.ts';
import { pooledKeys } from '../core/__fixtures__/keyed-provider.ts';
import { testCore } from '../core/__fixtures__/test-core.ts';
import { openAiReply } from '../core/__fixtures__/upstream.ts';
import {
  batchUpstream,
  type BatchedLine,
  type BatchScript,
  type BatchUpstream,
} from '../core/translation/batches/__fixtures__/batch-upstream.ts';
import { openAiBatchApi } from '../core/translation/batches/__fixtures__/openai-batch-api.ts';
import { builtCli, cliProcess } from './__fixtures__/killed-cli.ts';

type Row = Record<string, unknown>;

const texts = Array.from({ length: 12 }, (_, n) => `line ${n + 1}`);
const [a, b] = pooledKeys;
const keyName = 'COMFYVN_LLM_OPENAI_PUBLIC_API_KEY';

function echo({ body }: BatchedLine): { reply: unknown } {
  const { content } = (body['messages'] as { content: string }[]).at(-1) ?? { content: '' };
  return { reply: (openAiReply(`re: ${content}`) as { body: unknown }).body };
}

const answered: BatchScript = { resultOf: echo };

let cli: string;
const ends: (() => unknown)[] = [];
beforeAll(async () => {
  cli = await builtCli((end) => void ends.push(end));
});
afterAll(() => Promise.all(ends.map((end) => end())));

/** Runs `comfyvn-llm batch --delivery batch` in a separate process, which can be killed at each step. */
async function delivery(upstream: BatchUpstream) {
  // The processes use the machine's clock, and the ledger counts by day.
  const { root, ask } = testCore({
    files: { 'config/comfyvn.json': featuresOn },
    now: new Date().toISOString(),
  });
  const [input, output] = [join(root, 'in.jsonl'), join(root, 'out.jsonl')];
  writeFileSync(input, texts.map((text) => `${JSON.stringify({ text })}\n`).join(''));
  const { [keyName]: _key, ...env } = providerEnv(upstream.url);
  const model = ['-p', 'openai_public', '--model', 'gpt-4o-mini', '--param', 'max_tokens=100'];
  const argv = ['--root', root, 'batch', ...model, '--yes', '--max-usd', '1', '--delivery', 'batch'];
  const run = (until: Promise<unknown>, keys: Record<string, string>, ...flags: string[]) => {
    const { PATH, NODE_OPTIONS } = process.env;
    const all = { PATH, NODE_OPTIONS, ...env, ...keys };
    return cliProcess(cli, [...argv, ...flags, input, output], all, until);
  };
  return {
    journal: `${output}.journal`,
    ask,
    run: (keys: Record<string, string> = { [keyName]: a }, ...flags: string[]) =>
      run(new Promise(() => {}), keys, ...flags),
    /** Kills the process when the provider gets this step. With `, done`, the provider still completes the step. */
    killedAt(point: string, keys: Record<string, string> = { [keyName]: a }) {
      const [step, done] = point.split(', ');
      let reached: () => void = () => {};
      const killed = new Promise<void>((resolve) => (reached = resolve));
      upstream.behave({
        ...answered,
        fault(at) {
          if (at !== step) return undefined;
          reached();
          return { answer: { fault: 'hang' }, after: done !== undefined };
        },
      });
      return run(killed, keys);
    },
    rows: () =>
      readFileSync(output, 'utf8')
        .trim()
        .split('\n')
        .map((row) => JSON.parse(row) as Row),
  };
}

const ofRows = (rows: readonly Row[]) => rows.map(({ ok, reply }) => (ok === true ? reply : null));
const replies = texts.map((text) => `re: ${text}`);
const totalOf = (rows: readonly Row[]) => rows.reduce((sum, { cost_usd }) => sum + Number(cost_usd), 0);

test.each([
  {
    submission: 'lost',
    // Before the submission, a kill only releases the reserved money: the next run sends the lines without a flag.
    first: ['upload', 'upload, done', 'create, done'],
    then: ['list', 'output'],
  },
  { submission: 'confirmed', first: ['get'], then: ['get', 'output', 'output, done'] },
])(
  'after kill -9 at any step of a $submission submission, the same command continues with the same key and pays nothing twice',
  { timeout: 600_000 },
  async ({ first, then }) => {
    const upstream = await batchUpstream(openAiBatchApi(), answered);
    const { killedAt, run, rows, ask } = await delivery(upstream);
    for (const step of first) expect(await killedAt(step)).toMatchObject({ code: null });
    expect(upstream.jobs).toHaveLength(1);
    // From now on, another key has priority.
    const both = { [keyName]: b, [`${keyName}_2`]: a };
    for (const step of then) expect(await killedAt(step, both)).toMatchObject({ code: null });
    const asked = upstream.requests.length;
    upstream.behave(answered);
    const withoutKey = await run({ [keyName]: b });
    expect(withoutKey).toMatchObject({
      code: 6,
      err: expect.stringContaining(`was made with the key ••••${a.slice(-4)}`),
    });
    expect(upstream.requests).toHaveLength(asked);
    expect((await run(both)).code).toBe(0);
    expect(ofRows(rows())).toEqual(replies);
    expect(upstream.jobs).toHaveLength(1);
    const keys = upstream.requests.map(({ headers }) => headers['authorization']);
    expect(new Set(keys)).toEqual(new Set([`Bearer ${a}`]));
    const { budget, unknown } = await ask('spend.get', {});
    expect(unknown).toEqual([]);
    expect(budget).toMatchObject({ reserved: 0 });
    expect(budget.spent_today).toBeCloseTo(totalOf(rows()), 9);
  },
);

test(
  'a submission that was killed before it reached the provider is unknown, and is sent again only with --retry-unknown',
  { timeout: 600_000 },
  async () => {
    const upstream = await batchUpstream(openAiBatchApi(), answered);
    const { killedAt, run, rows } = await delivery(upstream);
    expect(await killedAt('create')).toMatchObject({ code: null });
    upstream.behave(answered);
    for (let attempt = 0; attempt < 2; attempt++) {
      expect(await run()).toMatchObject({ code: 6 });
      expect(rows()).toMatchObject(texts.map(() => ({ code: 'outcome_unknown', paid: 'maybe' })));
    }
    expect(upstream.jobs).toHaveLength(0);
    expect((await run(undefined, '--retry-unknown')).code).toBe(0);
    expect(upstream.jobs).toHaveLength(1);
    expect(ofRows(rows())).toEqual(replies);
  },
);

test(
  'results that were only partly written at a kill are completed, and paid once',
  { timeout: 600_000 },
  async () => {
    const upstream = await batchUpstream(openAiBatchApi(), answered);
    const { run, rows, journal, ask } = await delivery(upstream);
    expect((await run()).code).toBe(0);
    const paid = totalOf(rows());
    const entries = readFileSync(journal, 'utf8').split('\n');
    const firstResult = entries.findIndex((entry) => entry.includes('"reply"'));
    const written = entries.slice(0, firstResult + 5);
    // The last entry is cut off.
    truncateSync(journal, Buffer.byteLength(written.join('\n')) - 10);
    const again = await run();
    expect([again.code, again.err]).toEqual([0, expect.not.stringContaining('not asked for')]);
    expect(ofRows(rows())).toEqual(replies);
    expect(upstream.jobs).toHaveLength(1);
    const { budget } = await ask('spend.get', {});
    expect(budget).toMatchObject({ reserved: 0 });
    expect(budget.spent_today).toBeCloseTo(paid, 9);
  },
);
