import { describe, expect, test } from 'vitest';
import { chat, chatCore, chatTo } from '../__fixtures__/chat-core.ts';
import { whole } from '../__fixtures__/provider-replies.ts';
import { startProvider, type Reply } from '../__fixtures__/provider-upstream.ts';
import { testCore } from '../__fixtures__/test-core.ts';
import { protocols } from '../__fixtures__/protocols.ts';
import { plantedPassword, usePostgres, withoutPostgres } from '../database/__fixtures__/postgres.ts';

/** 2 USD in and 8 USD out a million tokens: up to 0.0099 each, and so much when all is written. */
const dear = { ...protocols.openAi, model: 'gpt-4.1' };
const input = chatTo(dear, { max_tokens: 1200 });
const usage = { prompt_tokens: 11, completion_tokens: 1200, total_tokens: 1211 };
const billed: Reply = whole({ ...(protocols.openAi.reply('well') as object), usage });
const env = { COMFYVN_LLM_DAILY_BUDGET_USD: '0.05' };

describe.skipIf(withoutPostgres)('two servers on one PostgreSQL', () => {
  const server = usePostgres();

  test('fifty concurrent calls, half at each, never spend more together than the daily limit', async () => {
    const upstream = await startProvider(billed);
    const shared = { ...env, COMFYVN_LLM_DATABASE_URL: await server().newDatabase() };
    const cores = [chatCore(upstream.url, { env: shared }), chatCore(upstream.url, { env: shared })] as const;
    const all = await Promise.all(
      Array.from({ length: 50 }, (_, i) => chat(cores[i % 2 === 0 ? 0 : 1], input)),
    );
    const spent = all.reduce((sum, { answer }) => sum + (answer?.cost?.total ?? 0), 0);
    expect(upstream.exchanges).toHaveLength(5);
    expect(spent).toBeLessThanOrEqual(0.05);
    expect(all.filter(({ error }) => error?.code === 'budget_exceeded')).toHaveLength(45);
    // The first core reads again; what it settles is written before the second is queried.
    await cores[1].ask('budget.get');
    const views = [await cores[0].ask('budget.get'), await cores[1].ask('budget.get')];
    expect(views[0]).toEqual(views[1]);
    expect(views[0]).toMatchObject({
      daily: 0.05,
      reserved: 0,
      ledger: 'available',
      source: { daily: 'environment', call: 'panel' },
    });
    expect(views[0]?.spent_today).toBeCloseTo(spent, 9);
    await cores[0].ask('calls.list');
    const { calls } = await cores[1].ask('calls.list', { limit: 500 });
    expect(calls).toHaveLength(50);
    expect((await cores[0].ask('calls.spend', {})).total_usd).toBeCloseTo(spent, 9);
  });

  test('while PostgreSQL is unreachable, paid calls are refused and free ones proceed', async () => {
    const upstream = await startProvider(billed);
    const away = `postgres://panel:${plantedPassword}@127.0.0.1:1/nowhere`;
    const core = chatCore(upstream.url, { env: { ...env, COMFYVN_LLM_DATABASE_URL: away } });
    const { error } = await chat(core, input);
    expect(error?.code).toBe('ledger_unavailable');
    expect(error?.message).not.toContain(plantedPassword);
    expect(upstream.exchanges).toHaveLength(0);
    upstream.answer(whole(protocols.ollama.reply('free')));
    expect((await chat(core, chatTo(protocols.ollama))).answer?.reply).toBe('free');
    expect(await core.ask('budget.get')).toMatchObject({ ledger: 'unavailable', spent_today: null });
    const { warnings } = await core.ask('registry.get');
    const reported = warnings.filter((warning) => warning.includes('postgres://127.0.0.1:1/nowhere'));
    expect(reported).toHaveLength(1);
    expect(reported[0]).not.toContain(plantedPassword);
  });
});

describe('limits that change while the server runs', () => {
  test('a limit set in the panel applies to the next call', async () => {
    const upstream = await startProvider(billed);
    const core = chatCore(upstream.url);
    expect(await core.ask('budget.get')).toMatchObject({
      daily: 2,
      call: 0.25,
      spent_today: 0,
      source: { daily: 'panel', call: 'panel' },
    });
    await core.ask('settings.update', { daily_budget_usd: 0.015 });
    expect((await chat(core, input)).answer?.reply).toBe('well');
    const { error } = await chat(core, input);
    expect(error).toMatchObject({ code: 'budget_exceeded', details: { limit: 'daily', limit_usd: 0.015 } });
    expect(error?.message).toContain("panel's settings");
    await core.ask('settings.update', { daily_budget_usd: null, call_budget_usd: null });
    expect((await chat(core, chatTo(dear, { max_tokens: 32_000 }))).answer?.reply).toBe('well');
    expect(await core.ask('budget.get')).toMatchObject({ daily: null, call: null });
  });

  test('a variable takes precedence over the panel’s setting, and a refusal names the variable', async () => {
    const core = testCore({
      env: { COMFYVN_LLM_CALL_BUDGET_USD: '0.01' },
      files: { 'config/comfyvn.json': { features: { enable_public_llm: true } } },
    });
    core.env['COMFYVN_LLM_OPENAI_PUBLIC_API_KEY'] = 'planted-key-123456';
    await core.ask('settings.update', { call_budget_usd: 5 });
    expect(await core.ask('budget.get')).toMatchObject({
      call: 0.01,
      source: { call: 'environment', daily: 'panel' },
    });
    const { error } = await chat(core, chatTo(dear, { max_tokens: 32_000 }));
    expect(error?.message).toContain('raise COMFYVN_LLM_CALL_BUDGET_USD');
    expect(error?.message).not.toContain('panel');
  });

  test('a negative or non-numeric limit is refused', async () => {
    const core = testCore();
    for (const daily_budget_usd of [-1, '5', Number.NaN])
      expect((await core.refusal('settings.update', { daily_budget_usd })).code).toBe('invalid_request');
  });
});

test('a cost that only the provider reports counts against the day', async () => {
  const reply = {
    ...(protocols.openAi.reply('well') as object),
    usage: { prompt_tokens: 11, completion_tokens: 5, total_tokens: 16, cost: 0.04 },
  };
  const upstream = await startProvider(whole(reply));
  const core = chatCore(upstream.url, { env });
  await core.ask('runtime.register', {
    id: 'bold',
    provider: 'openrouter',
    metadata: { settings: { allow_unknown_price: true } },
  });
  const unknown = chatTo({ provider: 'bold', model: 'nobody/ever-heard-of-it' });
  expect((await chat(core, unknown)).answer?.cost).toMatchObject({ total: 0.04, source: 'provider' });
  expect((await core.ask('budget.get')).spent_today).toBeCloseTo(0.04, 9);
  expect((await chat(core, unknown)).answer?.reply).toBe('well');
  expect((await chat(core, unknown)).error?.code).toBe('budget_exceeded');
});
