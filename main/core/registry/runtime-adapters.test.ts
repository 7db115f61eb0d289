import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { testCore } from '../__fixtures__/test-core.ts';
import { openAiReply, startUpstream } from '../__fixtures__/upstream.ts';

const messages = [{ role: 'user', content: 'hi' }];

describe('a registered adapter', () => {
  test("is usable wherever a provider's name is, with its parent's models, address and options", async () => {
    const upstream = await startUpstream(openAiReply('ok'));
    const { ask } = testCore({ env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: `${upstream.url}/v1` } });
    await ask('runtime.register', { id: 'dev', provider: 'lmstudio_local' });
    const first = (await ask('registry.get')).providers.find((p) => p.name === 'lmstudio_local')?.models[0];
    for (const choice of [{ provider: 'dev' }, { model: 'dev' }, { model: `dev/${first?.id}` }]) {
      expect(await ask('chat.send', { ...choice, messages })).toMatchObject({ provider: 'dev', model: first?.id, reply: 'ok' });
    }
    expect(upstream.requests).toHaveLength(3);
    expect(upstream.requests[0]?.json()).toMatchObject(first?.options ?? {});
    expect((await ask('chat.test', { registry_id: 'dev', messages })).reply).toBe('ok');
  });

  test('shows what it was given, as ComfyVN reads it', async () => {
    const { ask } = testCore();
    const metadata = { notes: 'mine', base_url: 'http://127.0.0.1:9/v1', settings: { a: 1 }, anything: [1, { b: 2 }] };
    const { adapter } = await ask('runtime.register', { adapter_id: 'dev', provider: 'lmstudio_local', modes: ['chat', 'narrate'], label: 'Dev', metadata });
    expect(adapter).toEqual({ adapter_id: 'dev', provider: 'lmstudio_local', label: 'Dev', modes: ['chat', 'narrate'], metadata });
    expect((await ask('runtime.list')).adapters).toEqual([adapter]);
    expect((await ask('registry.get')).runtime).toEqual([adapter]);
    expect((await ask('runtime.register', { id: 'bare', provider: 'stub' })).adapter).toMatchObject({ label: 'bare', modes: ['chat'], metadata: {} });
  });

  test('can set models, time-out, headers and key of its own', async () => {
    const upstream = await startUpstream(openAiReply('ok'));
    const { ask, refusal } = testCore();
    const models = ['own-a', { id: 'own-b', options: { temperature: 0.9 } }];
    const metadata = { base_url: upstream.url, models, timeout: 0.2, api_key: 'own-key-0123456789', headers: { 'X-Studio': 'Aiko' } };
    await ask('runtime.register', { id: 'dev', provider: 'openai_compat', metadata });
    await ask('chat.send', { model: 'own-b', messages });
    expect(upstream.requests[0]).toMatchObject({ headers: { authorization: 'Bearer own-key-0123456789', 'x-studio': 'Aiko' } });
    expect(upstream.requests[0]?.json()).toMatchObject({ model: 'own-b', temperature: 0.9 });
    upstream.script({ fault: 'hang' });
    expect((await refusal('chat.send', { provider: 'dev', messages, retries: 0 })).code).toBe('provider_timeout');
  });

  test('registered again is replaced, not merged: nothing of the old one is left', async () => {
    const { ask } = testCore();
    await ask('runtime.register', { id: 'dev', provider: 'lmstudio_local', label: 'Old', metadata: { api_key: 'old-key-0123456789', notes: 'old' } });
    await ask('runtime.register', { id: 'dev', provider: 'ollama_default' });
    expect((await ask('runtime.list')).adapters).toEqual([{ adapter_id: 'dev', provider: 'ollama_default', label: 'dev', modes: ['chat'], metadata: {} }]);
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
    const before = readdirSync(root, { recursive: true }).sort();
    await ask('runtime.register', { id: 'dev', provider: 'stub', metadata: { api_key: 'own-key-0123456789' } });
    await ask('registry.refresh');
    expect((await ask('runtime.list')).adapters).toHaveLength(1);
    expect(readdirSync(root, { recursive: true }).sort()).toEqual(before);
  });

  test('whose provider a refresh took away is told as such, and breaks no other call', async () => {
    const made = testCore({ files: { 'config/llm/providers/box.json': { name: 'box', adapter: 'lmstudio', base: 'http://127.0.0.1:9/v1', models: [{ id: 'm' }] } } });
    await made.ask('runtime.register', { id: 'dev', provider: 'box', metadata: { models: ['own-model'] } });
    made.write('config/llm/providers/box.json', { name: 'other', adapter: 'lmstudio', base: 'http://127.0.0.1:9/v1', models: [{ id: 'm' }] });
    await made.ask('registry.refresh');
    const plan = await made.ask('chat.send', { model: 'stub-echo', messages, dry_run: true });
    expect(plan.provider).toBe('stub');
    const error = await made.refusal('chat.send', { provider: 'dev', messages });
    expect(error).toMatchObject({ code: 'unknown_provider', message: expect.stringMatching(/"box".*dev/) });
    expect((await made.refusal('chat.send', { model: 'own-model', messages })).code).toBe('unknown_model');
  });
});

describe('what may not be registered', () => {
  test("a registry provider's name, or an alias of one, is taken", async () => {
    const { refusal, ask } = testCore();
    for (const id of ['stub', 'openai_public', 'openrouter', 'openrouter_hub'])
      expect(await refusal('runtime.register', { id, provider: 'stub' }), id).toMatchObject({ code: 'id_taken', details: { id } });
    expect((await ask('runtime.list')).adapters).toEqual([]);
  });

  test('an id that a path, a header or a prototype could be made of', async () => {
    const { refusal } = testCore();
    for (const id of ['', 'a b', 'a/b', '../x', '__proto__', '-x', 'x'.repeat(65), 'a\nb', 'module:x'])
      expect((await refusal('runtime.register', { id, provider: 'stub' })).code, JSON.stringify(id)).toBe('invalid_request');
    expect(await refusal('runtime.register', { provider: 'stub' })).toMatchObject({ details: { fields: [{ path: 'id' }] } });
  });

  test('a provider that is neither in the registry nor an adapter, with the nearest that is', async () => {
    const { refusal } = testCore();
    const error = await refusal('runtime.register', { id: 'x', provider: 'lmstudio_locl' });
    expect(error).toMatchObject({ code: 'unknown_provider', message: expect.stringContaining('"lmstudio_local"') });
  });

  test('an adapter name without an address', async () => {
    const { refusal } = testCore();
    const error = await refusal('runtime.register', { id: 'x', provider: 'openai_compat' });
    expect(error).toMatchObject({ code: 'invalid_request', details: { fields: [{ path: 'metadata.base_url' }] } });
  });

  const addresses = ['localhost:1234', 'ftp://127.0.0.1/', 'file:///etc/passwd', '', 'not a url', 'javascript:alert(1)'];
  for (const base_url of addresses) {
    test(`an address like "${base_url}"`, async () => {
      const error = await testCore().refusal('runtime.register', { id: 'x', provider: 'lmstudio_local', metadata: { base_url } });
      expect(error).toMatchObject({ code: 'invalid_request', message: expect.stringContaining('metadata.base_url') });
    });
  }

  test('a credential in the address, and the answer does not repeat it', async () => {
    const { refusal } = testCore();
    for (const base_url of ['http://me:hunter22@127.0.0.1:9/v1', 'http://hunter22@127.0.0.1:9/v1']) {
      const error = await refusal('runtime.register', { id: 'x', provider: 'lmstudio_local', metadata: { base_url } });
      expect(error.code).toBe('invalid_request');
      expect(JSON.stringify(error)).not.toContain('hunter22');
    }
  });

  test('a header or a key that would split the request', async () => {
    const { refusal } = testCore();
    const bad = [{ headers: { 'X-A': 'b\r\nX-C: d' } }, { headers: { 'X-A': 'b\nc' } }, { headers: { 'X A': 'b' } }, { headers: { 'X-A\r\nB': 'b' } }, { headers: { '': 'b' } }, { headers: { 'X-A': '日' } }, { api_key: 'key\r\nX-C: d' }];
    for (const metadata of bad)
      expect((await refusal('runtime.register', { id: 'x', provider: 'lmstudio_local', metadata })).code, JSON.stringify(metadata)).toBe('invalid_request');
  });

  test('without end: memory is bounded, and replacing still works when it is full', async () => {
    const { ask, refusal } = testCore();
    for (let i = 0; i < 256; i++) await ask('runtime.register', { id: `a${i}`, provider: 'stub' });
    expect((await refusal('runtime.register', { id: 'one-more', provider: 'stub' })).code).toBe('invalid_request');
    expect((await ask('runtime.register', { id: 'a7', provider: 'stub', label: 'new' })).adapter.label).toBe('new');
  });
});

describe('what is shown of secrets', () => {
  test("a key shows as its last four characters, a short one as none; credential headers alike", async () => {
    const { ask } = testCore();
    const headers = { Authorization: 'Bearer own-header-0123', 'X-Api-Key': 'abcd', 'X-Studio': 'Aiko' };
    const register = (id: string, api_key: string) => ask('runtime.register', { id, provider: 'lmstudio_local', metadata: { api_key, headers } });
    expect((await register('long', 'own-key-0123456789')).adapter.metadata).toEqual({ api_key: '…6789', headers: { Authorization: '…0123', 'X-Api-Key': '…', 'X-Studio': 'Aiko' } });
    expect((await register('short', 'abcd')).adapter.metadata['api_key']).toBe('…');
    const everything = JSON.stringify([await ask('runtime.list'), await ask('registry.get'), await ask('chat.send', { provider: 'long', messages, dry_run: true })]);
    expect(everything).not.toMatch(/own-key-012345|own-header-0|abcd/);
  });

  test('a key that was put somewhere else in metadata is masked as well', async () => {
    const { ask } = testCore();
    const metadata = { settings: { token: 'other-key-0123456789' }, vault: { password: 'third-key-0123456789' }, max_tokens: 512 };
    const { adapter } = await ask('runtime.register', { id: 'x', provider: 'stub', metadata });
    expect(JSON.stringify([adapter, await ask('runtime.list'), await ask('registry.get')])).not.toMatch(/other-key-0|third-key-0/);
    expect(adapter.metadata['max_tokens']).toBe(512);
  });
});
