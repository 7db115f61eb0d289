import { mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type LibSql from 'libsql';
import { describe, expect, onTestFinished, test } from 'vitest';
import { testCli } from './__fixtures__/test-cli.ts';
import { chat, chatCore, chatTo, featuresOn, providerEnv } from '../core/__fixtures__/chat-core.ts';
import { whole } from '../core/__fixtures__/provider-replies.ts';
import { startProvider } from '../core/__fixtures__/provider-upstream.ts';
import { protocols } from '../core/__fixtures__/protocols.ts';
import { sqliteFile, testClock, testDatabase } from '../core/calls/__fixtures__/test-calls.ts';
import { silentLog } from '../core/lib/log/log.ts';
import { DatabaseLedger } from '../core/budget/database-ledger.ts';
import { LedgerUnavailable } from '../core/budget/ledger.ts';

const Sqlite = createRequire(import.meta.url)('libsql') as typeof LibSql;
const { openAi, ollama } = protocols;
const subject = { provider: 'p', model: 'm', module: null, requestId: null };

const noFolder = { data: 'a file where the folder should be' };
const noPostgres = { COMFYVN_LLM_DATABASE_URL: 'postgres://127.0.0.1:1/nowhere' };
const unavailable: [string, { files?: object; env?: Record<string, string> }][] = [
  ['a folder that cannot be created', { files: noFolder }],
  ['an unreachable PostgreSQL', { env: noPostgres }],
];

describe.each(unavailable)('%s', (_, { files = {}, env = {} }) => {
  test('the server refuses paid calls, streaming or not, and sends free ones', async () => {
    const upstream = await startProvider(whole(openAi.reply('paid')));
    const core = chatCore(upstream.url, { env, files: { ...files } });
    for (const mode of ['json', 'stream'] as const)
      expect((await chat(core, chatTo(openAi, { max_tokens: 10 }), mode)).error?.code).toBe(
        'ledger_unavailable',
      );
    expect(upstream.exchanges).toHaveLength(0);
    upstream.answer(whole(ollama.reply('free')));
    expect((await chat(core, chatTo(ollama))).answer?.reply).toBe('free');
    expect(await core.ask('budget.get')).toMatchObject({ ledger: 'unavailable', spent_today: null });
  });

  test('the command line refuses paid calls, single or in a batch, and sends free ones', async () => {
    const upstream = await startProvider(whole(openAi.reply('paid')));
    const cli = testCli({
      env: { ...providerEnv(upstream.url), ...env },
      files: { 'config/comfyvn.json': featuresOn, ...files },
    });
    const to = ['--provider', openAi.provider, '--model', openAi.model, '--param', 'max_tokens=10'];
    const one = await cli.run('call', '--live', ...to, 'hello');
    expect(one.code).not.toBe(0);
    expect(one.out + one.err).toContain('paid calls are not sent');
    cli.write('in.jsonl', '"a"\n"b"\n');
    const batch = await cli.run(
      'batch',
      ...to,
      '--max-usd',
      '1',
      '--yes',
      cli.path('in.jsonl'),
      cli.path('out.jsonl'),
    );
    expect(batch.code).not.toBe(0);
    expect(upstream.exchanges).toHaveLength(0);
    upstream.answer(whole(ollama.reply('free')));
    const free = await cli.run(
      'call',
      '--live',
      '--provider',
      ollama.provider,
      '--model',
      ollama.model,
      'hello',
    );
    expect([free.code, free.out]).toEqual([0, expect.stringContaining('free')]);
  });
});

test('paid calls are refused while another program locks the database file', async () => {
  const upstream = await startProvider(whole(openAi.reply('paid')));
  const core = chatCore(upstream.url);
  expect((await chat(core, chatTo(openAi, { max_tokens: 10 }))).answer?.reply).toBe('paid');
  const other = new Sqlite(join(core.root, 'data', 'llm.db'));
  onTestFinished(() => void other.close());
  await core.ask('calls.list');
  // Waits for a write of the core.
  other.exec('pragma busy_timeout = 5000');
  other.exec('begin immediate');
  expect((await chat(core, chatTo(openAi, { max_tokens: 10 }))).error?.code).toBe('ledger_unavailable');
  upstream.answer(whole(ollama.reply('free')));
  expect((await chat(core, chatTo(ollama))).answer?.reply).toBe('free');
  other.exec('rollback');
  core.clock.advance(6000);
  upstream.answer(whole(openAi.reply('paid again')));
  expect((await chat(core, chatTo(openAi, { max_tokens: 10 }))).answer?.reply).toBe('paid again');
});

// Windows does not remove a folder with an open file.
const removesOpenFolders = process.platform !== 'win32';
test.runIf(removesOpenFolders)(
  'after the data folder was removed while the server runs, paid calls are refused',
  async () => {
    const upstream = await startProvider(whole(openAi.reply('paid')));
    const core = chatCore(upstream.url);
    expect((await chat(core, chatTo(openAi, { max_tokens: 10 }))).answer?.reply).toBe('paid');
    rmSync(join(core.root, 'data'), { recursive: true });
    for (let i = 0; i < 3; i++) {
      const { error } = await chat(core, chatTo(openAi, { max_tokens: 10 }));
      expect(error?.code).toMatch(/^(budget_exceeded|ledger_unavailable)$/);
    }
    expect(upstream.exchanges).toHaveLength(1);
    expect((await core.ask('budget.get')).unknown_today).toBe(2);
    const { warnings } = await core.ask('registry.get');
    expect(warnings).toContainEqual(expect.stringContaining('was removed or replaced'));
  },
);

test('on a full disk nothing is reserved, and no earlier reservation is lost', async () => {
  const location = sqliteFile();
  const clock = testClock();
  mkdirSync(join(location.file, '..'), { recursive: true });
  const first = new DatabaseLedger(testDatabase(location, clock), clock.now, silentLog, (text) => text);
  await first.reserve('2026-11-22', 5, 1e12, subject);
  await first.close();
  const reader = new Sqlite(location.file);
  const [{ page_count: pages }] = reader.prepare('pragma page_count').all([]) as [{ page_count: number }];
  reader.close();
  const full = testDatabase(location, clock, { pragmas: [`max_page_count = ${pages}`] });
  const ledger = new DatabaseLedger(full, clock.now, silentLog, (text) => text);
  let granted = 1;
  const fill = async () => {
    for (; granted < 5000; granted++)
      await ledger.reserve('2026-11-22', 5, 1e12, { ...subject, model: 'm'.repeat(400) });
  };
  await expect(fill()).rejects.toBeInstanceOf(LedgerUnavailable);
  clock.advance(6000);
  expect((await ledger.today('2026-11-22')).reserved).toBe(granted * 5);
});
