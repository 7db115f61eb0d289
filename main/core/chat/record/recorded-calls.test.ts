import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CallRecord } from '../../../../contract/call-log.ts';
import { chat, chatCore, chatTo, hello, plantedKey, type Mode } from '../../__fixtures__/chat-core.ts';
import { pieces, whole } from '../../__fixtures__/provider-replies.ts';
import { startProvider } from '../../__fixtures__/provider-upstream.ts';
import { testContext, testCore, type TestCore } from '../../__fixtures__/test-core.ts';
import { protocols } from '../../__fixtures__/protocols.ts';

const { openAi, ollama } = protocols;
const well = whole(openAi.reply('well'));

async function newest(core: TestCore): Promise<CallRecord> {
  const { calls } = await core.ask('calls.list', { limit: 1 });
  if (!calls[0]) throw new Error('the log is empty');
  return calls[0];
}

describe('one record for each call', () => {
  test.each(['json', 'stream'] as Mode[])(
    'a live call is recorded with the figures of its answer, %s',
    async (mode) => {
      const upstream = await startProvider(mode === 'json' ? well : pieces(openAi.stream('we', 'll')));
      const core = chatCore(upstream.url, { now: '2026-11-22T12:34:56Z' });
      const { answer } = await chat(core, chatTo(openAi, { module: 'translate', schema: null }), mode);
      const { calls } = await core.ask('calls.list');
      expect(calls).toHaveLength(1);
      expect(calls[0]).toMatchObject({
        at: '2026-11-22T12:34:56.000Z',
        request_id: 'test-request',
        kind: 'chat',
        door: 'test',
        module: 'translate',
        provider: 'openai_public',
        model: openAi.model,
        mode: 'live',
        stream: mode === 'stream',
        ok: true,
        status: 200,
        code: null,
        attempts: 1,
        usage: answer?.usage,
        cost: answer?.cost,
        bytes: upstream.exchanges[0]?.body.length,
      });
      expect(calls[0]?.sha256).toBe(
        createHash('sha256')
          .update(upstream.exchanges[0]?.body ?? '')
          .digest('hex'),
      );
      expect(calls[0]?.timing.upstream_ms).toBe(answer?.timing.upstream_ms);
      expect(calls[0]?.timing.first_token_ms === null).toBe(mode === 'json');
    },
  );

  test('a dry run is recorded without cost, usage or attempts', async () => {
    const core = testCore();
    const { plan } = (await core.ask('chat.send', { ...chatTo(openAi), dry_run: true })) as {
      plan: { sha256: string; bytes: number };
    };
    expect(await newest(core)).toMatchObject({
      mode: 'dry',
      ok: true,
      cost: null,
      usage: null,
      attempts: 0,
      sha256: plan.sha256,
      bytes: plan.bytes,
    });
    expect((await core.ask('calls.spend', {})).days).toEqual([]);
  });

  test('mocked calls and stub calls are recorded as mock', async () => {
    const core = testCore();
    await core.ask('chat.send', chatTo(openAi, { mock: true }));
    expect(await newest(core)).toMatchObject({
      mode: 'mock',
      provider: 'openai_public',
      cost: { total: 0, source: 'free' },
    });
    await core.ask('chat.send', { provider: 'stub', messages: hello });
    expect(await newest(core)).toMatchObject({ mode: 'mock', provider: 'stub', status: 200 });
  });

  test('a test call is recorded once, as a test call', async () => {
    const core = chatCore((await startProvider(whole(ollama.reply('here')))).url);
    const modes: [object, Partial<CallRecord>][] = [
      [{ prompt: 'Ping' }, { provider: 'stub', mode: 'mock' }],
      [
        { registry_id: 'stub', prompt: 'Ping' },
        { provider: 'stub', mode: 'mock' },
      ],
      [
        { registry_id: 'nobody', prompt: 'Ping' },
        { provider: 'stub', mode: 'mock' },
      ],
      [
        { provider: 'openai_public', prompt: 'Ping' },
        { provider: 'openai_public', mode: 'dry' },
      ],
      [
        { provider: 'ollama_default', prompt: 'Ping' },
        { provider: 'ollama_default', mode: 'live', cost: { total: 0, currency: 'USD', source: 'free' } },
      ],
    ];
    for (const [input, expected] of modes) {
      await core.ask('chat.test', input);
      expect(await newest(core)).toMatchObject({ kind: 'test_call', ok: true, ...expected });
    }
    expect((await core.ask('calls.list')).calls).toHaveLength(modes.length);
  });

  test.each([
    [
      'an unknown provider',
      { provider: 'nobody', messages: hello },
      { status: 404, code: 'unknown_provider', provider: 'nobody', sha256: null, mode: 'live' },
    ],
    [
      'a flag that is off',
      chatTo(openAi),
      { status: 403, code: 'feature_disabled', provider: 'openai_public', mode: 'live' },
    ],
    [
      'a dry run of an unknown model',
      { model: 'no-such', messages: hello, dry_run: true },
      { status: 404, code: 'unknown_model', mode: 'dry', model: 'no-such' },
    ],
  ])('a refused call is recorded with its reason: %s', async (_, input, expected) => {
    const core = testCore();
    await core.refusal('chat.send', input);
    expect(await newest(core)).toMatchObject({ ok: false, cost: null, ...expected });
  });

  test('a call that the provider failed is recorded with its steps, and its partial reply is billed', async () => {
    const text = 'Once upon a time there was a lighthouse. '.repeat(20);
    const upstream = await startProvider(
      whole(openAi.error('Overloaded'), 500),
      pieces(openAi.stream(text).slice(0, 2), 'cut'),
    );
    const core = chatCore(upstream.url);
    await chat(core, chatTo(openAi, { retries: 1 }), 'stream');
    const record = await newest(core);
    expect(record).toMatchObject({
      ok: false,
      status: 502,
      code: 'provider_interrupted',
      attempts: 2,
      stream: true,
      cost: { estimated: true },
    });
    expect(record.message).toContain('openai_public');
    const { call } = await core.ask('calls.get', { id: record.id });
    expect(call.steps.map(({ reason, status, code }) => [reason, status, code])).toEqual([
      ['first', 500, 'provider_error'],
      ['retry', 200, 'provider_interrupted'],
    ]);
    expect((await core.ask('calls.spend', {})).providers).toMatchObject([
      { calls: 1, failed: 1, usd: record.cost?.total },
    ]);
  });

  test('invalid input is not recorded', async () => {
    const core = testCore();
    await core.refusal('chat.send', { messages: 'not a list' });
    expect((await core.ask('calls.list')).calls).toEqual([]);
  });
});

describe('messages and replies', () => {
  test('are not stored by default', async () => {
    const core = chatCore((await startProvider(well)).url);
    await chat(core, chatTo(openAi));
    const { call } = await core.ask('calls.get', { id: (await newest(core)).id });
    expect(call.bodies).toBeNull();
    expect((await core.ask('calls.list', { text: 'Mira' })).calls).toEqual([]);
  });

  test('are stored, searchable and truncated to the limit, once the user turns that on', async () => {
    const core = chatCore((await startProvider(whole(openAi.reply('Mira says hello. '.repeat(10_000))))).url);
    await core.ask('settings.update', { record_bodies: true });
    const picture = { type: 'image_url', image_url: { url: `data:image/png;base64,${'A'.repeat(300_000)}` } };
    const messages = [{ role: 'user', content: [{ type: 'text', text: '雨はまだやまない。' }, picture] }];
    await chat(core, chatTo(openAi, { messages }));
    const { call } = await core.ask('calls.get', { id: (await newest(core)).id });
    expect(call.bodies?.cut).toBe(true);
    expect(Buffer.byteLength(call.bodies?.messages ?? '')).toBeLessThanOrEqual(65_536);
    expect(Buffer.byteLength(call.bodies?.reply ?? '')).toBeLessThanOrEqual(65_536);
    expect(call.bodies?.messages).toContain('雨はまだやまない。');
    expect((await core.ask('calls.list', { text: 'mira SAYS' })).calls).toHaveLength(1);
  });

  test('are stored without keys, whether pasted, echoed, used as a model name or truncated by the limit', async () => {
    const key = plantedKey('openai_public');
    const echo = whole(openAi.error(`Incorrect API key provided: ${key}`), 401);
    const core = chatCore((await startProvider(whole(openAi.reply(`your key is ${key}`)), echo)).url);
    await core.ask('settings.update', { record_bodies: true });
    const twice = `${key} "${key}" `;
    // The limit cuts through a third occurrence.
    const before = JSON.stringify([{ role: 'user', content: twice }]).length - '"}]'.length;
    const content = `${twice}${'x'.repeat(65_536 - before - key.length / 2)}${key} and on`;
    await chat(core, chatTo(openAi, { messages: [{ role: 'user', content }] }));
    await chat(core, chatTo(openAi, { retries: 0 }));
    await chat(core, chatTo({ provider: 'openai_public', model: key }));
    const { calls } = await core.ask('calls.list', { text: 'planted' });
    expect(calls).toEqual([]);
    expect((await core.ask('calls.list')).calls).toHaveLength(3);
    await core.core.close();
    const folder = join(core.root, 'data');
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
    expect(files.join('')).not.toMatch(/planted|Zq81k|kTw5vLx0/);
  });
});

test('a slow database does not delay the answer', async () => {
  const core = chatCore((await startProvider(well)).url, {
    env: { COMFYVN_LLM_DATABASE_URL: 'postgres://panel:planted-password@10.255.255.1/nowhere' },
  });
  const started = performance.now();
  const context = testContext();
  for (let i = 0; i < 20; i++)
    await core.core.dispatcher.dispatch('chat.send', { provider: 'stub', messages: hello }, context);
  expect(performance.now() - started).toBeLessThan(1500);
});
