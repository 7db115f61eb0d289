import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  answerOf,
  chat,
  chatTo,
  errorOf,
  failureIn,
  hello,
  type Mode,
} from '../../__fixtures__/chat-core.ts';
import {
  keyedProtocols,
  keyedProvider,
  limited,
  pooledKeys,
  refused,
} from '../../__fixtures__/keyed-provider.ts';
import { whole } from '../../__fixtures__/provider-replies.ts';
import { protocols } from '../../__fixtures__/protocols.ts';
import type { TestCore } from '../../__fixtures__/test-core.ts';

const { openAi } = protocols;
const [a, b, c] = pooledKeys;
const modes: Mode[] = ['json', 'stream'];
const onceTo = (protocol: (typeof keyedProtocols)[number]) => chatTo(protocol, { retries: 0 });
const once = onceTo(openAi);

const poolOf = async ({ ask }: TestCore, provider = openAi.provider) =>
  (await ask('keys.list')).keys.find((one) => one.provider === provider)?.pool ?? [];
const statuses = async (core: TestCore, provider?: string) =>
  (await poolOf(core, provider)).map(({ status }) => status);
const warningsOf = async ({ ask }: TestCore) => (await ask('registry.get')).warnings;

describe.each(keyedProtocols)('$provider', (protocol) => {
  describe.each(modes)('%s', (mode) => {
    it('a refused key gives way to the next one at once, is put aside, and is not sent again', async () => {
      const { core, on, used } = await keyedProvider(protocol);
      on({ [a]: refused(protocol, a) });
      const { answer, reported } = await chat(core, onceTo(protocol), mode);
      expect(answer?.reply).toBe('by 1');
      expect(answer?.attempts).toMatchObject([
        { reason: 'first', code: 'provider_unauthorized', charge: 'none', key_last4: 'aaa1' },
        { reason: 'key', status: 200, code: null, key_last4: 'bbb2' },
      ]);
      expect(answer?.warnings.join()).toContain('••••aaa1');
      if (mode === 'stream')
        expect(reported.events.map(({ event }) => event)).toEqual(['start', 'delta', 'usage']);
      expect(await statuses(core, protocol.provider)).toEqual(['set_aside', 'free', 'free']);
      expect((await warningsOf(core)).join()).toContain('key ••••aaa1');
      expect((await chat(core, onceTo(protocol), mode)).answer?.reply).toBe('by 1');
      expect(used()).toEqual([a, b, b]);
    });

    it('a limited key rests for as long as the provider asks, and serves again afterwards', async () => {
      const { core, on, used } = await keyedProvider(protocol);
      on({ [a]: limited(protocol, 40) });
      expect((await chat(core, onceTo(protocol), mode)).answer?.reply).toBe('by 1');
      expect(await poolOf(core, protocol.provider)).toMatchObject([
        { status: 'cooling', until: new Date(core.clock.now() + 40_000).toISOString() },
        { status: 'free' },
        { status: 'free' },
      ]);
      on({});
      core.clock.advance(39_999);
      await chat(core, onceTo(protocol), mode);
      core.clock.advance(1);
      expect((await chat(core, onceTo(protocol), mode)).answer?.reply).toBe('by 0');
      expect(used()).toEqual([a, b, b, a]);
    });

    it('while all keys cool down nothing is sent, and the error says until when', async () => {
      const { core, on, used } = await keyedProvider(protocol, [a, b]);
      on({ [a]: limited(protocol, 90), [b]: limited(protocol, 60) });
      const first = (await chat(core, onceTo(protocol), mode)).error;
      const free = new Date(core.clock.now() + 60_000).toISOString();
      expect(first?.message).toContain(free);
      expect(first?.message).toContain('Rate limit reached');
      expect(failureIn(first)).toMatchObject({ upstream_status: 429, retry_after_ms: 60_000 });
      core.clock.advance(10_000);
      const second = (await chat(core, onceTo(protocol), mode)).error;
      expect(second).toMatchObject({ code: 'provider_rate_limited' });
      expect(second?.message).toContain(free);
      expect(failureIn(second)).toMatchObject({ upstream_status: null, retry_after_ms: 50_000 });
      expect(used()).toEqual([a, b]);
    });
  });
});

it('where every key is refused each is tried once, and the error is the provider’s', async () => {
  const { core, on, used } = await keyedProvider(openAi);
  on(Object.fromEntries(pooledKeys.map((key) => [key, refused(openAi, key)])));
  const error = await errorOf(core, once);
  expect(error).toMatchObject({ code: 'provider_unauthorized' });
  expect(failureIn(error).hint).toContain('all 3 keys');
  expect(used()).toEqual([a, b, c]);
  on({ [a]: refused(openAi, a) });
  expect((await answerOf(core, once)).reply).toBe('by 1');
  expect(await statuses(core)).toEqual(['set_aside', 'free', 'set_aside']);
});

it.each([
  ['a refused prompt (403)', whole({ error: { message: 'Input was flagged', code: 403 } }, 403)],
  ['a fault of the provider (500)', whole(openAi.error('down'), 500)],
  ['a wrong request (400)', whole(openAi.error('bad'), 400)],
  ['a gateway’s 401 page, of which nobody knows what it cost', whole('<html>no</html>', 401)],
])('%s says nothing about the key: the next one is not tried', async (_, reply) => {
  const { core, on, used } = await keyedProvider(openAi);
  on({ [a]: reply });
  await errorOf(core, once);
  expect(used()).toEqual([a]);
});

it('a 403 that names the key puts it aside', async () => {
  const { core, on, used } = await keyedProvider(openAi);
  on({ [a]: whole({ error: { message: 'Your API key was reported as leaked.', code: 403 } }, 403) });
  expect((await answerOf(core, once)).reply).toBe('by 1');
  expect(used()).toEqual([a, b]);
});

it('an account without credit gives way too, and its own message is kept if no key is left', async () => {
  const { core, on, used } = await keyedProvider(openAi, [a, b]);
  const broke = whole(
    { error: { message: 'You exceeded your current quota', code: 'insufficient_quota' } },
    429,
  );
  on({ [a]: broke });
  expect((await answerOf(core, once)).reply).toBe('by 1');
  on({ [a]: broke, [b]: broke });
  expect((await errorOf(core, once)).message).toContain('exceeded your current quota');
  expect(used()).toEqual([a, b, b]);
});

it('a retry after a wait is sent with the key that is free first', async () => {
  const { core, on, used } = await keyedProvider(openAi, [a, b]);
  on({ [a]: limited(openAi, 5), [b]: limited(openAi, 0.001) });
  const asked = chat(core, chatTo(openAi, { retries: 1 }));
  const { error } = await asked;
  expect(error?.code).toBe('provider_rate_limited');
  expect(used()).toEqual([a, b, b]);
});

it.each([1e6, 1e12, 1e300])(
  'a key rests for at most a day, even if %d seconds are requested',
  async (seconds) => {
    const { core, on, used } = await keyedProvider(openAi, [a, b]);
    on({ [a]: limited(openAi, seconds) });
    expect((await answerOf(core, once)).reply).toBe('by 1');
    on({});
    core.clock.advance(24 * 60 * 60_000);
    await answerOf(core, once);
    expect(used()).toEqual([a, b, a]);
  },
);

it('a single key never rests: only the time that its provider asks for is waited', async () => {
  const { core, on, used } = await keyedProvider(openAi, [a]);
  on({ [a]: limited(openAi) });
  await errorOf(core, once);
  on({});
  expect((await answerOf(core, once)).reply).toBe('by 0');
  expect(used()).toEqual([a, a]);
});

it('a module stays with one key, and modules are spread over the keys', async () => {
  const { core, used } = await keyedProvider(openAi);
  const { modules } = (await core.ask('registry.get')).defaults;
  const names = Object.keys(modules).slice(0, 12);
  const ask = (module: string) => answerOf(core, { ...once, module, messages: hello, schema: null });
  for (const name of names) await ask(name);
  const first = used();
  for (const name of names) await ask(name);
  expect(used().slice(names.length)).toEqual(first);
  expect(new Set(first).size).toBeGreaterThan(1);
});

it('a key found in two places counts as one key', async () => {
  const { core, on, used } = await keyedProvider(openAi, [a, a, b]);
  on({ [a]: refused(openAi, a) });
  await answerOf(core, once);
  expect(used()).toEqual([a, b]);
});

it('a variable that another provider names as its own is no further key', async () => {
  const own = {
    name: 'second_account',
    adapter: 'openai_compat',
    base: 'http://127.0.0.1:9/v1',
    credentials: { required: true, env: ['COMFYVN_LLM_OPENAI_PUBLIC_API_KEY_2'] },
    models: [{ id: 'm', tags: ['chat'] }],
  };
  const { core } = await keyedProvider(openAi, [a, b], {
    files: { 'config/llm/providers/second_account.json': own },
  });
  expect((await poolOf(core)).map(({ source }) => source)).toEqual(['COMFYVN_LLM_OPENAI_PUBLIC_API_KEY']);
  expect(await poolOf(core, 'second_account')).toMatchObject([{ first: true, last4: 'bbb2' }]);
});

it('the log has the last four characters of the key that answered, and none of a short one', async () => {
  const { core, on } = await keyedProvider(openAi, [a, 'shortkey9']);
  on({ [a]: refused(openAi, a) });
  await answerOf(core, once);
  on({});
  await core.ask('keys.check', { provider: openAi.provider, id: 'COMFYVN_LLM_OPENAI_PUBLIC_API_KEY' });
  await answerOf(core, once);
  const { calls } = await core.ask('calls.list', {});
  expect(calls.map((call) => call.key_last4)).toEqual(['aaa1', undefined]);
  const { steps } = (await core.ask('calls.get', { id: calls[1]!.id })).call;
  expect(steps.map((step) => step.key_last4)).toEqual(['aaa1', undefined]);
});

it('embeddings rotate keys as well', async () => {
  const { core, on, used } = await keyedProvider(openAi);
  const vectors = {
    data: [{ index: 0, embedding: [0.5, 0.5] }],
    usage: { prompt_tokens: 3, total_tokens: 3 },
  };
  on({ [a]: refused(openAi, a), [b]: whole(vectors) });
  const answer = await core.ask('embeddings.create', {
    model: 'openai_public/text-embedding-3-small',
    input: { texts: ['hi'] },
  });
  expect(answer).toMatchObject({ attempts: [{ key_last4: 'aaa1' }, { reason: 'key', key_last4: 'bbb2' }] });
  expect(used()).toEqual([a, b]);
});

it('no key is in an answer, an error, the log or any file', async () => {
  const { core, on } = await keyedProvider(openAi, pooledKeys, {
    env: { COMFYVN_LOG_LEVEL: 'DEBUG' },
  });
  on({ [a]: refused(openAi, a), [b]: limited(openAi, 30) });
  const heard: unknown[] = [await chat(core, once), await chat(core, once, 'stream')];
  on(Object.fromEntries(pooledKeys.map((key) => [key, refused(openAi, key)])));
  heard.push(await chat(core, once), await chat(core, once, 'stream'));
  for (const name of ['keys.list', 'registry.get', 'server.status'] as const)
    heard.push(await core.ask(name));
  const { calls } = await core.ask('calls.list', {});
  for (const { id } of calls) heard.push(await core.ask('calls.get', { id }));
  await core.core.close();
  const files = readdirSync(core.root, { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
  expect(files.map(({ name }) => name)).toContain('llm.db');
  const everything = [
    Buffer.from(JSON.stringify(heard)),
    ...files.map((file) => readFileSync(join(file.parentPath, file.name))),
  ];
  for (const key of pooledKeys)
    for (const bytes of everything) expect(bytes.includes(key.slice(0, -4))).toBe(false);
});
