import { expect, test } from 'vitest';
import { silence, whole } from '../__fixtures__/provider-replies.ts';
import { startProvider } from '../__fixtures__/provider-upstream.ts';
import { testCore, type TestCoreOptions } from '../__fixtures__/test-core.ts';

const lmStudioList = whole({ data: [{ id: 'qwen2.5-7b-instruct' }, { id: 'nomic-embed' }] });
const ollamaList = whole({ models: [{ name: 'llama3.2:3b' }] });
const elsewhere = {
  name: 'lan_box',
  adapter: 'openai_compat',
  kind: 'local',
  base: 'http://192.0.2.7:8080/v1',
};

const coreAt = (lmstudio: string, ollama: string, more: TestCoreOptions = {}) =>
  testCore({
    ...more,
    env: {
      COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: `${lmstudio}/v1`,
      COMFYVN_LLM_OLLAMA_DEFAULT_BASE_URL: ollama,
      ...more.env,
    },
  });

test('servers at configured loopback addresses are found with their models, by one request each', async () => {
  const lmstudio = await startProvider(lmStudioList);
  const ollama = await startProvider(ollamaList);
  const { ask } = coreAt(lmstudio.url, ollama.url);
  const { servers } = await ask('local.find');
  expect(servers.find(({ provider }) => provider === 'lmstudio_local')).toMatchObject({
    status: 'found',
    label: 'LM Studio',
    base_url: `${lmstudio.url}/v1`,
    models: ['qwen2.5-7b-instruct', 'nomic-embed'],
  });
  expect(servers.find(({ provider }) => provider === 'ollama_default')).toMatchObject({
    status: 'found',
    models: ['llama3.2:3b'],
  });
  expect(lmstudio.exchanges.map(({ path }) => path)).toEqual(['/v1/models']);
  expect(ollama.exchanges.map(({ path }) => path)).toEqual(['/api/tags']);
});

test('no other machine is contacted, and no cloud even at a loopback address', async () => {
  const upstream = await startProvider(lmStudioList);
  const { ask } = coreAt(upstream.url, upstream.url, {
    env: {
      COMFYVN_LLM_OPENAI_PUBLIC_BASE_URL: `${upstream.url}/cloud`,
      COMFYVN_LLM_OPENAI_PUBLIC_API_KEY: 'k',
    },
    files: { 'config/llm/providers/lan_box.json': elsewhere },
  });
  const { servers } = await ask('local.find');
  expect(servers.map(({ provider }) => provider)).not.toContain('lan_box');
  expect(servers.every(({ base_url }) => base_url.startsWith('http://127.0.0.1'))).toBe(true);
  expect(upstream.exchanges.map(({ path }) => path).join()).not.toContain('cloud');
});

test('a silent server is given up after a second, and delays no other', async () => {
  const dead = await startProvider(silence);
  const ollama = await startProvider(ollamaList);
  const { ask } = coreAt(dead.url, ollama.url);
  const { servers } = await ask('local.find');
  const found = (name: string) => servers.find(({ provider }) => provider === name);
  expect(found('lmstudio_local')).toMatchObject({ status: 'nothing', models: [] });
  expect(found('lmstudio_local')?.message).toContain('within 1 s');
  expect(found('ollama_default')?.status).toBe('found');
});

test('something else on the port is an error, not a missing server', async () => {
  const strange = await startProvider(whole({ hello: 'I am no model server' }));
  const { ask } = coreAt(strange.url, strange.url);
  const { servers } = await ask('local.find');
  expect(servers.find(({ provider }) => provider === 'lmstudio_local')).toMatchObject({ status: 'error' });
});

test('a server that asks for a key is reported with its answer, unlike an address where nothing answers', async () => {
  const locked = await startProvider(whole({ error: { message: 'Incorrect API key provided' } }, 401));
  const gone = await startProvider(ollamaList);
  await gone.close();
  const { ask } = coreAt(locked.url, gone.url);
  const { servers } = await ask('local.find');
  expect(servers.find(({ provider }) => provider === 'lmstudio_local')).toMatchObject({
    status: 'error',
    http_status: 401,
    latency_ms: expect.any(Number),
  });
  expect(servers.find(({ provider }) => provider === 'ollama_default')).toMatchObject({
    status: 'nothing',
    http_status: null,
    latency_ms: null,
  });
});

test('a server at another address is asked there with its key, and the default address is tried too', async () => {
  const upstream = await startProvider(lmStudioList);
  const key = 'planted-lmstudio-key-9d8f7g';
  const { ask } = coreAt(upstream.url, upstream.url, { env: { COMFYVN_LLM_LMSTUDIO_LOCAL_API_KEY: key } });
  const { servers } = await ask('local.find');
  const usual = servers.filter(({ provider }) => provider === null).map(({ base_url }) => base_url);
  expect(usual).toEqual(['http://127.0.0.1:1234/v1', 'http://127.0.0.1:11434']);
  const asked = upstream.exchanges.find(({ path }) => path === '/v1/models');
  expect(asked?.headers.authorization).toBe(`Bearer ${key}`);
});

test('the models of one local provider are read by one request, and a silent or missing server is reported', async () => {
  const lmstudio = await startProvider(lmStudioList);
  const gone = await startProvider(ollamaList);
  const { ask } = coreAt(lmstudio.url, gone.url);
  expect(await ask('local.models', { provider: 'lmstudio_local' })).toEqual({
    status: 'found',
    http_status: 200,
    models: ['qwen2.5-7b-instruct', 'nomic-embed'],
    message: '2 models',
  });
  expect(lmstudio.exchanges.map(({ path }) => path)).toEqual(['/v1/models']);
  expect(gone.exchanges).toEqual([]);
  gone.answer(whole({ error: 'not here' }, 404));
  expect(await ask('local.models', { provider: 'ollama_default' })).toMatchObject({
    status: 'error',
    models: [],
  });
});

test('a cloud provider, a disabled and an unknown one are not asked for local models', async () => {
  const upstream = await startProvider(lmStudioList);
  const { refusal } = coreAt(upstream.url, upstream.url, {
    env: { COMFYVN_LLM_OPENAI_PUBLIC_BASE_URL: `${upstream.url}/cloud` },
    files: {
      'config/llm/providers/off.json': { ...elsewhere, name: 'off_box', base: upstream.url, enabled: false },
    },
  });
  expect(await refusal('local.models', { provider: 'openai_public' })).toMatchObject({
    code: 'invalid_request',
  });
  expect(await refusal('local.models', { provider: 'off_box' })).toMatchObject({ code: 'feature_disabled' });
  expect(await refusal('local.models', { provider: 'nobody' })).toMatchObject({ code: 'unknown_provider' });
  expect(upstream.exchanges).toEqual([]);
});
