import { describe, expect, test } from 'vitest';
import { testCore } from '../../__fixtures__/test-core.ts';
import { openAiReply, startUpstream } from '../../__fixtures__/upstream.ts';

const messages = [{ role: 'user', content: 'hi' }];
const params = { max_tokens: 5 };
const parentKey = 'parent-key-0123456789';
const enabled = (flag: string) => ({ 'config/comfyvn.json': { features: { [flag]: true } } });

describe('a parent’s credentials stay with its origin', () => {
  const parent = (url: string) => ({
    COMFYVN_LLM_OPENAI_PUBLIC_BASE_URL: `${url}/v1`,
    COMFYVN_LLM_OPENAI_PUBLIC_API_KEY: parentKey,
    COMFYVN_LLM_OPENAI_PUBLIC_HEADERS: '{"X-Gateway-Token": "gateway-0123456789", "X-Title": "panel"}',
  });

  test('an adapter at the same origin inherits key and headers, whatever its path', async () => {
    const upstream = await startUpstream(openAiReply('ok'));
    const { ask } = testCore({ env: parent(upstream.url), files: enabled('enable_llm_openai') });
    await ask('runtime.register', {
      id: 'dev',
      provider: 'openai_public',
      metadata: { base_url: `${upstream.url}/other/v1` },
    });
    await ask('chat.send', { provider: 'dev', model: 'gpt-4o', messages, params });
    expect(upstream.requests[0]).toMatchObject({
      path: '/other/v1/chat/completions',
      headers: {
        authorization: `Bearer ${parentKey}`,
        'x-gateway-token': 'gateway-0123456789',
        'x-title': 'panel',
      },
    });
  });

  test('one at another origin inherits neither key nor headers, and needs its own key', async () => {
    const [home, elsewhere] = [await startUpstream(), await startUpstream(openAiReply('ok'))];
    const { ask, refusal } = testCore({ env: parent(home.url), files: enabled('enable_llm_openai') });
    const metadata = { base_url: `${elsewhere.url}/v1` };
    await ask('runtime.register', { id: 'dev', provider: 'openai_public', metadata });
    const call = { provider: 'dev', model: 'gpt-4o', messages, params };
    expect((await refusal('chat.send', call)).code).toBe('missing_key');
    await ask('runtime.register', {
      id: 'dev',
      provider: 'openai_public',
      metadata: { ...metadata, api_key: 'own-key-0123456789' },
    });
    await ask('chat.send', call);
    const [request] = elsewhere.requests;
    expect(request?.headers.authorization).toBe('Bearer own-key-0123456789');
    expect(JSON.stringify(request?.rawHeaders)).not.toMatch(/parent-key|gateway-/);
    expect(home.connections).toBe(0);
  });

  for (const id of ['openai-public', 'OPENAI.public', 'Openai_Public']) {
    test(`an adapter called "${id}" does not get the key of COMFYVN_LLM_OPENAI_PUBLIC_API_KEY`, async () => {
      const thief = await startUpstream(openAiReply('ok'));
      const { ask } = testCore({ env: { COMFYVN_LLM_OPENAI_PUBLIC_API_KEY: parentKey } });
      await ask('runtime.register', {
        id,
        provider: 'openai_compat',
        metadata: { base_url: thief.url, models: ['m'] },
      });
      await ask('chat.send', { provider: id, messages });
      expect(thief.requests[0]?.headers.authorization).toBeUndefined();
    });
  }

  test('a key from the store does not go to another origin, not even under the adapter’s name', async () => {
    const thief = await startUpstream(openAiReply('ok'));
    const made = testCore();
    await made.secrets.set('dev', { key: parentKey, origin: 'http://127.0.0.1:1' });
    await made.secrets.set('lmstudio_local', { key: parentKey, origin: 'http://127.0.0.1:1234' });
    await made.ask('runtime.register', {
      id: 'dev',
      provider: 'lmstudio_local',
      metadata: { base_url: thief.url },
    });
    await made.ask('chat.send', { provider: 'dev', messages });
    expect(thief.requests[0]?.headers.authorization).toBeUndefined();
  });
});

describe('kind and flags cannot be lowered', () => {
  const off = async (registration: object, files: Record<string, unknown> = {}, id = 'dev') => {
    const { ask, refusal } = testCore({ files });
    const metadata = { api_key: 'own-key-0123456789', models: ['gpt-4o'] };
    const given = registration as { provider: string; metadata?: object };
    await ask('runtime.register', { id, ...given, metadata: { ...metadata, ...given.metadata } });
    const test = await ask('chat.test', { registry_id: id, messages });
    return { error: await refusal('chat.send', { provider: id, messages, params }), test };
  };

  const clouds: [string, { provider: string; metadata?: object }][] = [
    [
      'a cloud provider at loopback',
      { provider: 'openai_public', metadata: { base_url: 'http://127.0.0.1:9/v1' } },
    ],
    [
      'a cloud provider that claims to be local',
      { provider: 'openai_public', metadata: { kind: 'local', settings: { kind: 'local' } } },
    ],
    [
      "a local provider at a vendor's address",
      { provider: 'lmstudio_local', metadata: { base_url: 'https://api.openai.com/v1' } },
    ],
    [
      'a local provider in a private network',
      { provider: 'lmstudio_local', metadata: { base_url: 'http://192.168.1.20:1234/v1' } },
    ],
    [
      'a proxy that is not on this machine',
      { provider: 'proxy', metadata: { base_url: 'http://10.0.0.9/api/llm' } },
    ],
    [
      "an adapter at a vendor's address",
      { provider: 'openai_compat', metadata: { base_url: 'https://api.openai.com/v1' } },
    ],
    [
      'a local adapter at any public address',
      { provider: 'lmstudio', metadata: { base_url: 'https://gpu.example.com/v1' } },
    ],
    [
      'a name that only looks like loopback',
      { provider: 'lmstudio', metadata: { base_url: 'http://127.0.0.1.example.com/v1' } },
    ],
  ];
  for (const [what, registration] of clouds) {
    test(`${what} is off until a flag enables it, and a test call sends nothing`, async () => {
      const { error, test } = await off(registration);
      expect(error.code).toBe('feature_disabled');
      expect([test.dry_run, test.reply]).toEqual([true, '[dry run, nothing sent] hi']);
    });
  }

  test('another vendor’s flag does not enable an address, whatever the adapter’s name', async () => {
    const atOpenAi = { provider: 'openai_compat', metadata: { base_url: 'https://api.openai.com/v1' } };
    for (const id of ['openrouter_public', 'anthropic', 'dev', 'lmstudio']) {
      const files = {
        'config/comfyvn.json': {
          features: {
            enable_llm_openrouter: true,
            enable_llm_anthropic: true,
            enable_llm_dev: true,
            enable_llm_lmstudio: true,
          },
        },
      };
      expect((await off(atOpenAi, files, id)).error.code, id).toBe('feature_disabled');
    }
    const viaLocal = { provider: 'lmstudio_local', metadata: { base_url: 'https://api.openai.com/v1' } };
    expect((await off(viaLocal, enabled('enable_llm_lmstudio_local'))).error.code).toBe('feature_disabled');
  });

  test('at a vendor’s address the vendor’s prices and budget apply', async () => {
    const { ask } = testCore();
    await ask('runtime.register', {
      id: 'dev',
      provider: 'openai_compat',
      metadata: { base_url: 'https://api.openai.com/v1', models: ['gpt-4o'] },
    });
    const plan = await ask('chat.send', { provider: 'dev', messages, params, dry_run: true });
    expect(plan).toMatchObject({
      estimate: { price: { input: expect.any(Number) } },
      lifecycle: { shutdown: '2027-01-14' },
    });
  });

  test('on loopback an adapter is local or a proxy by its protocol, and both are called', async () => {
    const upstream = await startUpstream((request) =>
      request.path.endsWith('/chat') ? { body: { reply: 'proxied' } } : openAiReply('local'),
    );
    const { ask } = testCore();
    await ask('runtime.register', {
      id: 'l',
      provider: 'openai_compat',
      metadata: { base_url: upstream.url, models: ['m'] },
    });
    await ask('runtime.register', {
      id: 'p',
      provider: 'proxy',
      metadata: { base_url: upstream.url, models: ['m'] },
    });
    expect((await ask('chat.test', { registry_id: 'l', messages })).reply).toBe('local');
    expect((await ask('chat.test', { registry_id: 'p', messages })).reply).toBe('proxied');
  });

  test('an adapter of the stub never uses the network, whatever its address', async () => {
    const upstream = await startUpstream();
    const { ask } = testCore();
    await ask('runtime.register', { id: 's', provider: 'stub', metadata: { base_url: upstream.url } });
    expect(await ask('chat.send', { provider: 's', messages })).toMatchObject({ reply: 'hi' });
    expect(upstream.connections).toBe(0);
  });
});
