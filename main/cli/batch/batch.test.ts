import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openAiReply, startUpstream, type Answer } from '../../core/__fixtures__/upstream.ts';
import { FileLock } from '../../core/lib/files/file-lock.ts';
import { testCli, type TestCli } from '../__fixtures__/test-cli.ts';

type Row = Record<string, unknown>;

const rowsOf = (cli: TestCli): Row[] =>
  readFileSync(cli.path('out.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((row) => JSON.parse(row) as Row);

/** A batch over one local provider; `lines` are texts. */
async function batch(lines: unknown[], ...answers: Answer[]) {
  const upstream = await startUpstream(...(answers.length ? answers : [openAiReply('pong')]));
  const cli = testCli({ env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: `${upstream.url}/v1` } });
  cli.write('in.jsonl', lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const run = (...flags: string[]) =>
    cli.run(
      'batch',
      '-p',
      'lmstudio_local',
      '-c',
      '1',
      ...flags,
      cli.path('in.jsonl'),
      cli.path('out.jsonl'),
    );
  return { upstream, cli, run };
}

const error = (status: number, headers: Record<string, string> = {}): Answer => ({
  status,
  headers,
  body: { error: { message: `no: ${status}` } },
});

describe('a batch', () => {
  test('answers every line once and in order, at any concurrency, and a second run sends nothing', async () => {
    const { upstream, cli, run } = await batch([
      'a',
      { id: 7, text: 'b' },
      { messages: [{ role: 'user', content: 'c' }] },
    ]);
    expect((await run('-c', '3')).code).toBe(0);
    expect(rowsOf(cli)).toMatchObject([
      { line: 1, ok: true, reply: 'pong' },
      { line: 2, id: '7', ok: true },
      { line: 3, ok: true },
    ]);
    const before = readFileSync(cli.path('out.jsonl'), 'utf8');
    expect(await run()).toMatchObject({ code: 0, err: expect.stringContaining('0 to send') });
    expect(upstream.requests).toHaveLength(3);
    expect(readFileSync(cli.path('out.jsonl'), 'utf8')).toBe(before);
  });

  test.each(['sk-abc-0123456789\u200b', 'Bearer sk-abc-0123456789', '"sk-abc-0123456789"'])(
    'with a key that no header can carry sends nothing and costs nothing: %j',
    async (key) => {
      const upstream = await startUpstream(openAiReply('pong'));
      const cli = testCli({
        env: {
          COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: `${upstream.url}/v1`,
          COMFYVN_LLM_LMSTUDIO_LOCAL_API_KEY: key,
        },
      });
      cli.write('in.jsonl', '"a"\n"b"\n');
      const files = [cli.path('in.jsonl'), cli.path('out.jsonl')];
      const run = await cli.run('batch', '-p', 'lmstudio_local', '-c', '1', ...files);
      expect(run.code).not.toBe(0);
      expect(run.out + run.err).toContain('COMFYVN_LLM_LMSTUDIO_LOCAL_API_KEY');
      expect(run.out + run.err).not.toContain('abc-0123456789');
      const rows = existsSync(cli.path('out.jsonl')) ? rowsOf(cli) : [];
      for (const row of rows) expect(row).toMatchObject({ ok: false, paid: 'no' });
      expect(upstream.requests).toEqual([]);
    },
  );

  test('retries lines that the provider refused, because a refusal is not billed', async () => {
    const { upstream, cli, run } = await batch(
      ['a'],
      error(429, { 'retry-after': '0' }),
      error(503, { 'retry-after': '0' }),
      openAiReply('late'),
    );
    expect((await run()).code).toBe(0);
    expect(rowsOf(cli)).toMatchObject([{ ok: true, reply: 'late' }]);
    expect(upstream.requests).toHaveLength(3);
  });

  test('does not retry an interrupted request, and reports that it may be billed', async () => {
    const { upstream, cli, run } = await batch(['a'], { fault: 'reset' }, openAiReply('second'));
    expect(await run()).toMatchObject({ code: 6, out: expect.stringContaining('1 may have been paid') });
    expect(rowsOf(cli)).toMatchObject([{ ok: false, paid: 'maybe', code: 'provider_interrupted' }]);
    expect((await run()).code).toBe(6);
    expect(upstream.requests).toHaveLength(1);
    expect((await run('--retry-unknown')).code).toBe(0);
    expect(rowsOf(cli)).toMatchObject([{ ok: true, reply: 'second' }]);
  });

  test('treats a gateway error as possibly billed, but not a server error', async () => {
    const { cli, run } = await batch(['a', 'b'], error(504), error(500), openAiReply('b'));
    expect((await run()).code).toBe(6);
    expect(rowsOf(cli)).toMatchObject([{ ok: false, paid: 'maybe' }, { ok: true }]);
  });

  test('stores a reply that does not match its schema, because it is paid, and does not send the line again', async () => {
    const { upstream, cli, run } = await batch(['a'], openAiReply('no JSON at all'));
    cli.write('schema.json', { type: 'object', required: ['x'], properties: { x: { type: 'number' } } });
    expect((await run('--schema', cli.path('schema.json'))).code).toBe(6);
    await run('--schema', cli.path('schema.json'));
    expect(rowsOf(cli)).toMatchObject([
      { ok: false, paid: 'yes', code: 'output_schema_mismatch', reply: 'no JSON at all' },
    ]);
    expect(upstream.requests).toHaveLength(1);
  });

  test('gives a line that cannot be sent a row with the reason, and continues', async () => {
    const { upstream, cli, run } = await batch(['a', { text: 'b', txet: 1 }, 'c']);
    expect((await run()).code).toBe(6);
    expect(rowsOf(cli)).toMatchObject([
      { ok: true },
      { ok: false, paid: 'no', message: expect.stringContaining('line 2') },
      { ok: true },
    ]);
    expect(upstream.requests).toHaveLength(2);
  });

  test('lists the failed checks of its prompt pack in each row', async () => {
    const content = JSON.stringify({ detected_language: 'ja', translation: 'Thanks!' });
    const variables = { source_text: '[player]、{i}今日も{/i}ありがとう！', target_language: 'English' };
    const { cli, run } = await batch([{ variables }], openAiReply(content));
    await run('--module', 'translate');
    const [row] = rowsOf(cli);
    const checks = row?.['checks'] as { id: string; ok: boolean; message: string }[];
    expect(
      checks
        .filter(({ ok }) => !ok)
        .map(({ message }) => message)
        .join(),
    ).toContain('[player]');
  });

  test('treats equal lines as separate', async () => {
    const { upstream, cli, run } = await batch(['same', 'same']);
    await run();
    expect(rowsOf(cli)).toHaveLength(2);
    expect(upstream.requests).toHaveLength(2);
  });
});

describe('a journal', () => {
  const sent = (key: string, hash: string) => JSON.stringify({ key, hash, state: 'sent' });

  test('prevents that a line in progress at a kill is sent again', async () => {
    const { upstream, cli, run } = await batch(['a', 'b']);
    await run();
    const file = cli.path('out.jsonl.journal');
    const [header = '', first = ''] = readFileSync(file, 'utf8').split('\n');
    const { key, hash } = JSON.parse(first) as { key: string; hash: string };
    writeFileSync(file, `${header}\n${sent(key, hash)}\n`);
    await run();
    expect(rowsOf(cli)).toMatchObject([{ ok: false, code: 'outcome_unknown', paid: 'maybe' }, { ok: true }]);
    expect(upstream.requests).toHaveLength(3);
  });

  test('is not written by a dry run, so other flags can be used for the same output', async () => {
    const { cli, run } = await batch(['a']);
    expect((await run('--dry-run')).code).toBe(0);
    expect(existsSync(cli.path('out.jsonl.journal'))).toBe(false);
    expect((await run('--param', 'max_tokens=100')).code).toBe(0);
  });

  test('loses only an incomplete last line', async () => {
    const { upstream, cli, run } = await batch(['a', 'b']);
    await run();
    const file = cli.path('out.jsonl.journal');
    writeFileSync(file, `${readFileSync(file, 'utf8')}{"key":"x","ha`);
    expect((await run()).code).toBe(0);
    expect(upstream.requests).toHaveLength(2);
    expect(readFileSync(file, 'utf8')).not.toContain('"ha\n');
  });

  test('refuses an id that now has another text, and changed flags', async () => {
    const { cli, run } = await batch([{ id: 'x', text: 'a' }]);
    await run();
    cli.write('in.jsonl', '{"id":"x","text":"changed"}\n');
    expect(await run()).toMatchObject({ code: 2, err: expect.stringContaining('another text') });
    cli.write('in.jsonl', '{"id":"x","text":"a"}\n');
    expect(await run('--system', 'Be brief.')).toMatchObject({
      code: 2,
      err: expect.stringContaining('other flags'),
    });
  });

  test('allows lines to be added and moved between runs', async () => {
    const { upstream, cli, run } = await batch(['a', 'b']);
    await run();
    cli.write('in.jsonl', '"new"\n"b"\n"a"\n');
    expect((await run()).code).toBe(0);
    expect(rowsOf(cli).map(({ line }) => line)).toEqual([1, 2, 3]);
    expect(upstream.requests).toHaveLength(3);
  });

  test('prevents a second batch with the same output, and ignores the lock of a dead process', async () => {
    const { cli, run } = await batch(['a']);
    const other = new FileLock(cli.path('out.jsonl.lock'));
    expect(other.take()).toBe(true);
    expect(await run()).toMatchObject({ code: 2, err: expect.stringContaining('another batch') });
    other.close();
    // Written by an older version of the panel.
    cli.write('out.jsonl.lock', '999999999');
    expect((await run()).code).toBe(0);
    expect(existsSync(cli.path('out.jsonl.lock'))).toBe(false);
  });

  test('protects a file that no batch wrote from being overwritten', async () => {
    const { cli, run } = await batch(['a']);
    cli.write('out.jsonl', 'mine');
    expect((await run()).code).toBe(2);
    expect(readFileSync(cli.path('out.jsonl'), 'utf8')).toBe('mine');
  });
});

describe('spending', () => {
  const paid = { content: '雨', usage: { prompt_tokens: 1000, completion_tokens: 1000, total_tokens: 2000 } };
  const reply: Answer = {
    body: {
      id: 'x',
      object: 'chat.completion',
      model: 'gpt-4.1-mini',
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: paid.content } }],
      usage: paid.usage,
    },
  };

  async function cloud(answer?: string, more: Record<string, string> = {}) {
    const upstream = await startUpstream(reply);
    const env = {
      COMFYVN_LLM_OPENAI_PUBLIC_BASE_URL: `${upstream.url}/v1`,
      COMFYVN_LLM_OPENAI_PUBLIC_API_KEY: 'sk-batch-test-0123456789',
      ...more,
    };
    const files = {
      'config/comfyvn.json': { features: { enable_public_llm: true } },
      'in.txt': 'a\nb\nc\nd\n',
    };
    const cli = testCli({ env, files, ...(answer === undefined ? {} : { answer }) });
    const run = (...flags: string[]) =>
      cli.run(
        'batch',
        '--model',
        'openai_public/gpt-4.1-mini',
        '-c',
        '1',
        '--param',
        'max_tokens=1000',
        ...flags,
        cli.path('in.txt'),
        cli.path('out.jsonl'),
      );
    return { upstream, run, cli };
  }

  test('requires a limit if no user can be asked', async () => {
    const { upstream, run } = await cloud();
    for (const flags of [[], ['--yes'], ['--max-usd', '1']])
      expect(await run(...flags), flags.join()).toMatchObject({
        code: 2,
        err: expect.stringContaining('nothing was sent'),
      });
    expect(upstream.connections).toBe(0);
  });

  test('is estimated first, and the user accepts or declines', async () => {
    const no = await cloud('n');
    expect(await no.run()).toMatchObject({
      code: 4,
      err: expect.stringMatching(/4 to send \(\$\S+ to \$\S+\)/),
    });
    expect(no.upstream.connections).toBe(0);
    const yes = await cloud('y');
    expect((await yes.run()).code).toBe(0);
    expect(yes.upstream.requests).toHaveLength(4);
  });

  test('stops before the limit, and continues from there', async () => {
    // A call costs 0.002 USD: 1,000 tokens in and out at 0.4 and 1.6 per million. Its upper bound is 0.0016 higher.
    const { upstream, run } = await cloud();
    expect(await run('--yes', '--max-usd', '0.004')).toMatchObject({
      code: 6,
      err: expect.stringContaining('--max-usd'),
    });
    expect(upstream.requests).toHaveLength(2);
    expect((await run('--yes', '--max-usd', '0.1')).code).toBe(0);
    expect(upstream.requests).toHaveLength(4);
  });

  test('counts a line in progress at a kill at its upper bound in the next run', async () => {
    const { upstream, run, cli } = await cloud();
    expect((await run('--yes', '--max-usd', '0.1')).code).toBe(0);
    const file = cli.path('out.jsonl.journal');
    const entries = readFileSync(file, 'utf8').trimEnd().split('\n');
    // The last line was sent, but its outcome was never written.
    const { key } = JSON.parse(entries.at(-1)!) as { key: string };
    const sent = entries.findLast((entry) => entry.includes(key) && entry.includes('"state":"sent"'))!;
    const { bound } = JSON.parse(sent) as { bound: number };
    expect(bound).toBeGreaterThan(0.0016);
    writeFileSync(file, entries.filter((entry) => entry === sent || !entry.includes(key)).join('\n') + '\n');
    const limit = String(3 * 0.002 + bound + 0.0005);
    expect(await run('--yes', '--max-usd', limit, '--retry-unknown')).toMatchObject({
      code: 6,
      err: expect.stringContaining('--max-usd'),
    });
    expect(upstream.requests).toHaveLength(4);
    expect((await run('--yes', '--max-usd', '0.1', '--retry-unknown')).code).toBe(0);
    expect(upstream.requests).toHaveLength(5);
  });

  test('reports a disabled provider before it asks for confirmation', async () => {
    const { upstream, run, cli } = await cloud('y');
    cli.write('config/comfyvn.json', { features: {} });
    expect(await run()).toMatchObject({ code: 4, err: expect.stringContaining('openai_public is off') });
    expect((await run('--dry-run')).code).toBe(0);
    expect([upstream.connections, existsSync(cli.path('out.jsonl'))]).toEqual([0, false]);
  });

  test('over the daily budget stops the whole batch instead of failing every line', async () => {
    const { upstream, run, cli } = await cloud(undefined, { COMFYVN_LLM_DAILY_BUDGET_USD: '0.004' });
    expect(await run('--yes', '--max-usd', '1')).toMatchObject({
      code: 6,
      err: expect.stringMatching(/stopped: this call could cost/),
    });
    expect(upstream.requests).toHaveLength(2);
    expect(readFileSync(cli.path('out.jsonl'), 'utf8').trim().split('\n')).toHaveLength(3);
  });

  test('is only estimated with --dry-run', async () => {
    const { upstream, run, cli } = await cloud();
    expect(await run('--dry-run')).toMatchObject({ code: 0, err: expect.stringContaining('4 to send') });
    expect([upstream.connections, existsSync(cli.path('out.jsonl'))]).toEqual([0, false]);
  });
});

test('the first interrupt lets requests in progress finish, and the next run continues', async () => {
  const { upstream, cli, run } = await batch(['a', 'b', 'c'], { chunks: [] });
  upstream.script((_request, n) =>
    n === 0 ? (cli.interrupt(), openAiReply('first')) : openAiReply('later'),
  );
  expect((await run()).code).toBe(130);
  expect(upstream.requests).toHaveLength(1);
  expect((await run()).code).toBe(0);
  expect(rowsOf(cli).map(({ reply }) => reply)).toEqual(['first', 'later', 'later']);
});
