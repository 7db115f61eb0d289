import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { testCore } from '../../__fixtures__/test-core.ts';
import { openAiReply, startUpstream } from '../../__fixtures__/upstream.ts';

const messages = [{ role: 'user', content: 'hi' }];

describe('a registered adapter', () => {
  test('can be used like a provider, with its parent’s models, address and options', async () => {
    const upstream = await startUpstream(openAiReply('ok'));
    const { ask } = testCore({ env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: `${upstream.url}/v1` } });
    await ask('runtime.register', { id: 'dev', provider: 'lmstudio_local' });
    const first = (await ask('registry.get')).providers.find((p) => p.name === 'lmstudio_local')?.models[0];
    for (const choice of [{ provider: 'dev' }, { model: 'dev' }, { model: `dev/${first?.id}` }]) {
      expect(await ask('chat.send', { ...choice, messages })).toMatchObject({
        provider: 'dev',
        model: first?.id,
        reply: 'ok',
      });
    }
    expect(upstream.requests).toHaveLength(3);
    expect(upstream.requests[0]?.json()).toMatchObject(first?.options ?? {});
    expect((await ask('chat.test', { registry_id: 'dev', messages })).reply).toBe('ok');
  });

  test('shows its registration in ComfyVN’s form', async () => {
    const { ask } = testCore();
    const metadata = {
      notes: 'mine',
      base_url: 'http://127.0.0.1:9/v1',
      settings: { a: 1 },
      anything: [1, { b: 2 }],
    };
    const { adapter } = await ask('runtime.register', {
      adapter_id: 'dev',
      provider: 'lmstudio_local',
      modes: ['chat', 'narrate'],
      label: 'Dev',
      metadata,
    });
    expect(adapter).toEqual({
      adapter_id: 'dev',
      provider: 'lmstudio_local',
      label: 'Dev',
      modes: ['chat', 'narrate'],
      metadata,
    });
    expect((await ask('runtime.list')).adapters).toEqual([adapter]);
    expect((await ask('registry.get')).runtime).toEqual([adapter]);
    expect((await ask('runtime.register', { id: 'bare', provider: 'stub' })).adapter).toMatchObject({
      label: 'bare',
      modes: ['chat'],
      metadata: {},
    });
  });

  test('can set its own models, time-out, headers and key', async () => {
    const upstream = await startUpstream(openAiReply('ok'));
    const { ask, refusal } = testCore();
    const models = ['own-a', { id: 'own-b', options: { temperature: 0.9 } }];
    const metadata = {
      base_url: upstream.url,
      models,

      api_key: 'own-key-0123456789',
      headers: { 'X-Studio': 'a studio' },
    };
    await ask('runtime.register', { id: 'dev', provider: 'openai_compat', metadata });
    await ask('chat.send', { model: 'own-b', messages });
    expect(upstream.requests[0]).toMatchObject({
      headers: { authorization: 'Bearer own-key-0123456789', 'x-studio': 'a studio' },
    });
    expect(upstream.requests[0]?.json()).toMatchObject({ model: 'own-b', temperature: 0.9 });
    upstream.script({ fault: 'hang' });
    await ask('runtime.register', {
      id: 'dev',
      provider: 'openai_compat',
      metadata: { ...metadata, timeout: 0.2 },
    });
    expect((await refusal('chat.send', { provider: 'dev', messages, retries: 0 })).code).toBe(
      'provider_timeout',
    );
  });

  test('registered again is replaced, not merged', async () => {
    const { ask } = testCore();
    await ask('runtime.register', {
      id: 'dev',
      provider: 'lmstudio_local',
      label: 'Old',
      metadata: { api_key: 'old-key-0123456789', notes: 'old' },
    });
    await ask('runtime.register', { id: 'dev', provider: 'ollama_default' });
    expect((await ask('runtime.list')).adapters).toEqual([
      { adapter_id: 'dev', provider: 'ollama_default', label: 'dev', modes: ['chat'], metadata: {} },
    ]);
    const plan = await ask('chat.send', { provider: 'dev', messages, dry_run: true });
    expect(JSON.stringify(plan)).toContain(':11434/api/chat');
  });

  test('is gone after its removal, and removing it twice is fine', async () => {
    const { ask, refusal } = testCore();
    await ask('runtime.register', { id: 'dev', provider: 'stub' });
    await ask('runtime.remove', { id: 'dev' });
    await ask('runtime.remove', { id: 'dev' });
    expect((await ask('runtime.list')).adapters).toEqual([]);
    expect((await refusal('chat.send', { provider: 'dev', messages })).code).toBe('unknown_provider');
  });

  test('lives in memory only: no file appears', async () => {
    const { ask, root } = testCore();
    // The log file is created asynchronously.
    const files = () =>
      readdirSync(root, { recursive: true })
        .filter((name) => !String(name).startsWith('logs'))
        .sort();
    const before = files();
    await ask('runtime.register', {
      id: 'dev',
      provider: 'stub',
      metadata: { api_key: 'own-key-0123456789' },
    });
    await ask('registry.refresh');
    expect((await ask('runtime.list')).adapters).toHaveLength(1);
    expect(files()).toEqual(before);
  });

  test('whose provider disappears on refresh is reported, and breaks no other call', async () => {
    const made = testCore({
      files: {
        'config/llm/providers/box.json': {
          name: 'box',
          adapter: 'lmstudio',
          base: 'http://127.0.0.1:9/v1',
          models: [{ id: 'm' }],
        },
      },
    });
    await made.ask('runtime.register', { id: 'dev', provider: 'box', metadata: { models: ['own-model'] } });
    made.write('config/llm/providers/box.json', {
      name: 'other',
      adapter: 'lmstudio',
      base: 'http://127.0.0.1:9/v1',
      models: [{ id: 'm' }],
    });
    await made.ask('registry.refresh');
    const plan = await made.ask('chat.send', { model: 'stub-echo', messages, dry_run: true });
    expect(plan.provider).toBe('stub');
    const error = await made.refusal('chat.send', { provider: 'dev', messages });
    expect(error).toMatchObject({ code: 'unknown_provider', message: expect.stringMatching(/"box".*dev/) });
    expect((await made.refusal('chat.send', { model: 'own-model', messages })).code).toBe('unknown_model');
  });
});

describe('display of secrets', () => {
  test('a key shows its last four characters, a short one none; credential headers likewise', async () => {
    const { ask } = testCore();
    const headers = { Authorization: 'Bearer own-header-0123', 'X-Api-Key': 'abcd', 'X-Studio': 'a studio' };
    const register = (id: string, api_key: string) =>
      ask('runtime.register', { id, provider: 'lmstudio_local', metadata: { api_key, headers } });
    expect((await register('long', 'own-key-0123456789')).adapter.metadata).toEqual({
      api_key: '…6789',
      headers: { Authorization: '…0123', 'X-Api-Key': '…', 'X-Studio': 'a studio' },
    });
    expect((await register('short', 'abcd')).adapter.metadata['api_key']).toBe('…');
    const everything = JSON.stringify([
      await ask('runtime.list'),
      await ask('registry.get'),
      await ask('chat.send', { provider: 'long', messages, dry_run: true }),
    ]);
    expect(everything).not.toMatch(/own-key-012345|own-header-0|abcd/);
  });

  test('a key elsewhere in metadata is masked as well', async () => {
    const { ask } = testCore();
    const metadata = {
      settings: { token: 'other-key-0123456789' },
      vault: { password: 'third-key-0123456789' },
      max_tokens: 512,
    };
    const { adapter } = await ask('runtime.register', { id: 'x', provider: 'stub', metadata });
    expect(JSON.stringify([adapter, await ask('runtime.list'), await ask('registry.get')])).not.toMatch(
      /other-key-0|third-key-0/,
    );
    expect(adapter.metadata['max_tokens']).toBe(512);
  });
});
