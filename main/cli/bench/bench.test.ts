import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PresetResultView, TrialView } from '../../../contract/trials.ts';
import { testCore } from '../../core/__fixtures__/test-core.ts';
import { openAiReply, startUpstream } from '../../core/__fixtures__/upstream.ts';
import { gradedProviders, gradedSet } from '../../core/trials/__fixtures__/graded-upstreams.ts';
import { testCli } from '../__fixtures__/test-cli.ts';

const targets = ['half', 'perfect', 'drops'].map((name) => `${name}_model/m`);

/** Latencies depend on the clock, so they are omitted. */
const figures = (result: PresetResultView) => ({ ...result, latency: null });

test('three models of known quality are ranked in that order with separate intervals, and the panel shows the same figures', async () => {
  const { files, upstreams } = await gradedProviders();
  const cli = testCli({ files });
  const run = await cli.run(
    'bench',
    gradedSet,
    ...targets.flatMap((target) => ['--target', target]),
    '--yes',
    '--json',
    '--concurrency',
    '16',
  );
  expect(run.err).toContain('200 units × 3 presets = 600 requests, free');
  expect(run.code).toBe(0);
  const { trial } = run.json() as { trial: TrialView };
  expect(trial.results.map(({ id, rank, tied }) => [id, rank, tied])).toEqual([
    ['perfect_model/m', 1, false],
    ['drops_model/m', 2, false],
    ['half_model/m', 3, false],
  ]);
  const [perfect, drops, half] = trial.results;
  const bounds = (of: PresetResultView | undefined) => of?.chrf?.interval ?? { low: NaN, high: NaN };
  expect(bounds(perfect).low).toBeGreaterThan(bounds(drops).high);
  expect(bounds(drops).low).toBeGreaterThan(bounds(half).high);
  // Each model has one known fault.
  expect([perfect?.chrf?.score, perfect?.code.rate, perfect?.checks.rate]).toEqual([100, 1, 1]);
  expect(drops?.code.rate).toBe(0);
  expect(drops?.failed_checks).not.toHaveProperty('translated');
  expect(half?.code.rate).toBe(1);
  expect(half?.failed_checks['translated']).toBeGreaterThan(50);
  expect(Object.values(upstreams).map(({ requests }) => requests.length)).toEqual([200, 200, 200]);

  const core = testCore({ files });
  const contestants = targets.map((target) => ({ provider: target.split('/')[0] ?? '', model: 'm' }));
  const start = { set: gradedSet, contestants, concurrency: 16, wait: true };
  const panel = (await core.ask('trials.start', start)).trial;
  expect(panel.results.map(figures)).toEqual(trial.results.map(figures));
  expect([panel.prompt_sha256, panel.spent_usd]).toEqual([trial.prompt_sha256, trial.spent_usd]);
}, 240_000);

/** A paid model that answers every unit of a small set with its reference. */
async function paidBench(options: { answer?: string; isTTY?: boolean } = {}) {
  const upstream = await startUpstream(
    openAiReply(JSON.stringify({ detected_language: 'ja', translation: 'Good morning.' }), {
      usage: { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 },
    }),
  );
  const lines = ['一', '二', '三', '四'].map((source, i) =>
    JSON.stringify({ id: `u${i}`, source: `${source}、おはよう`, target: 'Good morning.' }),
  );
  const cli = testCli({
    env: {
      COMFYVN_LLM_OPENAI_PUBLIC_BASE_URL: `${upstream.url}/v1`,
      OPENAI_API_KEY: 'sk-0123456789abcdefgh',
    },
    files: {
      'config/comfyvn.json': { features: { enable_public_llm: true } },
      'mine.jsonl': lines.join('\n'),
    },
    ...options,
  });
  expect((await cli.run('bench', 'import', cli.path('mine.jsonl'), '--to', 'English')).code).toBe(0);
  const preset = 'translate-02-openai-gpt-4o-mini';
  const run = (...flags: string[]) => cli.run('bench', 'mine', '--preset', preset, ...flags);
  return { upstream, cli, run, preset };
}

const trialFolder = (root: string) => join(root, 'data', 'trials');

describe('a trial that costs money', () => {
  test('shows its price and sends nothing if no user can be asked', async () => {
    const { upstream, run, cli } = await paidBench();
    const ended = await run();
    expect(ended.code).toBe(2);
    expect(ended.err).toMatch(/4 units × 1 preset = 4 requests, about \$0\.\d+, at most \$0\.\d+/);
    expect(ended.err).toContain('add --yes and --max-usd AMOUNT; nothing was sent');
    expect(upstream.requests).toHaveLength(0);
    expect(existsSync(trialFolder(cli.root))).toBe(false);
  });

  test('sends nothing if the user declines, and everything if the user accepts', async () => {
    const no = await paidBench({ answer: 'n' });
    expect((await no.run()).code).toBe(4);
    expect(no.upstream.requests).toHaveLength(0);
    const yes = await paidBench({ answer: 'y' });
    expect((await yes.run()).code).toBe(0);
    expect(yes.upstream.requests).toHaveLength(4);
  });

  test('shows the estimated and actual price of 1,000 units', async () => {
    const { run } = await paidBench();
    const { trial } = (await run('--yes', '--max-usd', '1', '--json')).json() as { trial: TrialView };
    const [result] = trial.results;
    // gpt-4o-mini: $0.15 and $0.60 per million tokens.
    expect(result?.actual.usd).toBeCloseTo((1000 * 0.15 + 100 * 0.6) / 1000, 6);
    expect(result?.estimated.usd).toBeGreaterThan(0);
    expect(trial.spent_usd).toBeCloseTo((4 * (1000 * 0.15 + 100 * 0.6)) / 1e6, 9);
    expect(result?.chrf?.score).toBe(100);
  });

  test('stops at its limit, and continues with the rest', async () => {
    const { upstream, cli, run } = await paidBench();
    const plan = await run('--dry-run', '--json');
    const { plan: planned } = plan.json() as { plan: { cost: { max: number } } };
    // The limit allows the upper bound of the second request after the cost of the first ($0.00021), but no third one.
    const limit = planned.cost.max / 4 + 0.00025;
    const ended = await run('--yes', '--max-usd', String(limit), '-c', '1');
    expect(ended.code).toBe(6);
    expect(ended.err).toContain('the limit of');
    expect(upstream.requests).toHaveLength(2);
    const [id = ''] = readdirSync(trialFolder(cli.root));
    expect(ended.err).toContain(`comfyvn-llm bench resume ${id}`);
    const resumed = await cli.run('bench', 'resume', id, '--yes', '--max-usd', '1', '--json');
    expect(resumed.code).toBe(0);
    expect(upstream.requests).toHaveLength(4);
    expect((resumed.json() as { trial: TrialView }).trial).toMatchObject({ state: 'done', finished: 4 });
  });
});

test('results are stored with date, model and prompt hash, and are exported as Markdown and CSV', async () => {
  const { cli, run, preset } = await paidBench();
  await run('--yes', '--max-usd', '1');
  const list = (await cli.run('bench', 'list', '--json')).json() as { trials: { id: string }[] };
  expect(list.trials).toMatchObject([
    {
      set: 'mine',
      state: 'done',
      started_at: expect.stringMatching(/^2026-11-22T/),
      prompt_sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      contestants: [{ id: preset, provider: 'openai_public', model: 'gpt-4o-mini' }],
    },
  ]);
  const id = list.trials[0]?.id ?? '';
  const markdown = await cli.run('bench', 'export', id);
  expect(markdown.out).toContain('| 1 | translate\\-02'.replaceAll('\\-', '-'));
  expect(markdown.out).toMatch(/Measured on 2026-11-22, prompt `[0-9a-f]{12}`/);
  const file = cli.path('out.csv');
  expect((await cli.run('bench', 'export', id, '--as', 'csv', '--out', file)).code).toBe(0);
  expect(readFileSync(file, 'utf8').split('\r\n')[1]).toContain(`1,no,${preset},`);
  // An existing file is never overwritten.
  expect((await cli.run('bench', 'export', id, '--as', 'csv', '--out', file)).code).toBe(2);
});

test('without a named preset, the available ones are compared, even if others have a higher rank', async () => {
  const run = await testCli().run('bench', 'translate-ja-en', '--sample', '2', '--dry-run', '--json');
  const { plan } = run.json() as { plan: { contestants: { provider: string; refusal: object | null }[] } };
  expect(run.err).toMatch(/only 20 of \d+ presets are compared/);
  expect(plan.contestants.map(({ refusal }) => refusal)).toEqual([null, null, null, null, null]);
  expect(new Set(plan.contestants.map(({ provider }) => provider))).toEqual(
    new Set(['lmstudio_local', 'ollama_default']),
  );
});
