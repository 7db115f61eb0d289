import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { featuresOn, providerEnv } from '../../core/__fixtures__/chat-core.ts';
import { openAiReply } from '../../core/__fixtures__/upstream.ts';
import {
  batchUpstream,
  type BatchedLine,
  type BatchScript,
} from '../../core/translation/batches/__fixtures__/batch-upstream.ts';
import { openAiBatchApi } from '../../core/translation/batches/__fixtures__/openai-batch-api.ts';
import { testCli } from '../__fixtures__/test-cli.ts';

type Row = Record<string, unknown>;

/** Answers with the line's text. */
function echo({ body }: BatchedLine): { reply: unknown } {
  const { content } = (body['messages'] as { content: string }[]).at(-1) ?? { content: '' };
  return { reply: (openAiReply(`re: ${content}`) as { body: unknown }).body };
}

const answered: BatchScript = { resultOf: echo };
const texts = ['one', { id: 7, text: 'two' }, { messages: [{ role: 'user', content: 'three' }] }, 'one'];

async function batch(script: BatchScript, env: Record<string, string> = {}) {
  const upstream = await batchUpstream(openAiBatchApi(), script);
  const cli = testCli({
    env: { ...providerEnv(upstream.url), ...env },
    files: { 'config/comfyvn.json': featuresOn },
  });
  cli.write('in.jsonl', texts.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const run = (...flags: string[]) =>
    cli.run(
      'batch',
      '-p',
      'openai_public',
      '--model',
      'gpt-4o-mini',
      '--param',
      'max_tokens=100',
      '--yes',
      '--max-usd',
      '1',
      ...flags,
      cli.path('in.jsonl'),
      cli.path('out.jsonl'),
    );
  const rows = () =>
    readFileSync(cli.path('out.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((row) => JSON.parse(row) as Row);
  return { upstream, cli, run, rows };
}

const inBatch = ['--delivery', 'batch'];

describe('a batch delivered by the provider', () => {
  test('gives the same rows as a live batch at half the price, and a second run sends nothing', async () => {
    const live = await batch({
      ...answered,
      live: (request) => ({ body: echo({ id: '', body: request.json() }).reply }),
    });
    expect((await live.run()).code).toBe(0);
    const { upstream, run, rows } = await batch(answered);
    const first = await run(...inBatch);
    expect([first.code, first.err]).toEqual([0, expect.stringContaining('batch_1')]);
    const costOf = ({ cost_usd }: Row) => Number(cost_usd);
    const plain = ({ cost_usd: _cost, ...row }: Row) => row;
    expect(rows().map(plain)).toEqual(live.rows().map(plain));
    for (const [at, row] of rows().entries())
      expect(costOf(row)).toBeCloseTo(costOf(live.rows()[at] ?? {}) / 2, 12);
    expect(upstream.jobs.map(({ lines }) => lines.length)).toEqual([4]);
    expect((await run(...inBatch)).code).toBe(0);
    expect(upstream.jobs).toHaveLength(1);
  });

  test('stays at the provider after an interrupt, and the same command reads it', async () => {
    const { upstream, cli, run, rows } = await batch({ ...answered, runsFor: 1e9 });
    const running = run(...inBatch);
    await upstream.request(2);
    cli.interrupt();
    expect((await running).code).toBe(130);
    upstream.behave(answered);
    const refused = await run('--retry-unknown');
    expect(refused.err).toContain('--delivery batch');
    expect((await run(...inBatch)).code).toBe(0);
    expect(rows().map(({ reply }) => reply)).toEqual(['re: one', 're: two', 're: three', 're: one']);
    expect(upstream.jobs).toHaveLength(1);
  });

  test('can be cancelled: finished results are stored, and nothing is sent', async () => {
    const { upstream, cli, run, rows } = await batch({
      runsFor: 1e9,
      resultOf: (line, { lines }) => (lines.indexOf(line) < 1 ? echo(line) : 'cancelled'),
    });
    const running = run(...inBatch);
    await upstream.request(2);
    cli.interrupt();
    await running;
    expect((await run('--cancel-batch')).code).toBe(6);
    expect(upstream.jobs).toMatchObject([{ cancelled: true }]);
    expect(rows()).toMatchObject([
      { ok: true },
      ...[1, 2, 3].map(() => ({ code: 'batch_cancelled', paid: 'no' })),
    ]);
  });

  test('is found at the provider after a lost answer; if it is not there, it is sent again only with --retry-unknown', async () => {
    const { upstream, run, rows } = await batch({
      ...answered,
      fault: (step) => (step === 'create' ? { answer: { fault: 'reset' }, after: true } : undefined),
    });
    expect((await run(...inBatch)).code).toBe(0);
    expect(rows().every(({ ok }) => ok)).toBe(true);
    expect(upstream.jobs).toHaveLength(1);
    const other = await batch({
      ...answered,
      fault: (step) => (step === 'create' ? { answer: { fault: 'reset' } } : undefined),
    });
    expect((await other.run(...inBatch)).code).toBe(6);
    expect(other.rows()).toMatchObject(
      texts.map(() => ({ ok: false, code: 'outcome_unknown', paid: 'maybe' })),
    );
    other.upstream.behave(answered);
    expect((await other.run(...inBatch)).code).toBe(6);
    expect(other.upstream.jobs).toHaveLength(0);
    expect((await other.run(...inBatch, '--retry-unknown')).code).toBe(0);
    expect(other.upstream.jobs).toHaveLength(1);
  });

  test('sends failed and expired lines again in the next run, because they cost nothing', async () => {
    const { upstream, run, rows } = await batch({
      resultOf(line) {
        const text = JSON.stringify(line.body);
        if (text.includes('two')) return { refuse: { status: 400, message: 'no such thing' } };
        return text.includes('three') ? 'expired' : echo(line);
      },
    });
    expect((await run(...inBatch)).code).toBe(6);
    expect(rows()).toMatchObject([
      { ok: true },
      { ok: false, paid: 'no', message: 'no such thing' },
      { ok: false, code: 'batch_expired', paid: 'no' },
      { ok: true },
    ]);
    upstream.behave(answered);
    expect((await run(...inBatch)).code).toBe(0);
    expect(upstream.jobs.map(({ lines }) => lines.length)).toEqual([4, 2]);
  });

  test('above the daily limit is refused with its amount, which can be confirmed', async () => {
    const { upstream, run, rows } = await batch(answered, { COMFYVN_LLM_DAILY_BUDGET_USD: '0.000001' });
    const refused = await run(...inBatch);
    expect([refused.code, refused.err]).toEqual([6, expect.stringContaining('--confirm-usd')]);
    expect(upstream.requests).toHaveLength(0);
    const [, sum = ''] = /--confirm-usd ([\d.]+)/.exec(refused.err) ?? [];
    expect((await run(...inBatch, '--confirm-usd', sum)).code).toBe(0);
    expect(rows()).toHaveLength(4);
  });

  test('is refused before anything is sent if the provider has no batches', async () => {
    const { upstream, run } = await batch(answered);
    const refused = await run(...inBatch, '-p', 'openrouter', '--model', 'openai/gpt-4o-mini');
    expect([refused.code, refused.err]).toEqual([4, expect.stringContaining('does not support batches')]);
    expect(upstream.requests).toHaveLength(0);
  });
});
