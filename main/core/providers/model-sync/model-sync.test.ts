import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chatCore, plantedKey } from '../../__fixtures__/chat-core.ts';
import { silence, whole } from '../../__fixtures__/provider-replies.ts';
import { startProvider, type Reply } from '../../__fixtures__/provider-upstream.ts';
import { testContext, type TestCoreOptions } from '../../__fixtures__/test-core.ts';
import { synced } from './__fixtures__/synced.ts';

describe('a failed sync keeps the provider’s message', () => {
  it.each([
    ['a cloud that is off', 'openai_public', { files: { 'config/comfyvn.json': {} } }, 'feature_disabled'],
    [
      'a cloud without a key',
      'openai_public',
      { env: { COMFYVN_LLM_OPENAI_PUBLIC_API_KEY: '' } },
      'missing_key',
    ],
    [
      'an address that is not filled in',
      'azure_openai',
      { env: { COMFYVN_LLM_AZURE_OPENAI_BASE_URL: '' } },
      'not_configured',
    ],
    ['a protocol without a list', 'studio_proxy', {}, 'invalid_request'],
    ['the stub', 'stub', {}, 'invalid_request'],
    ['nobody', 'opnai_public', {}, 'unknown_provider'],
  ])('%s is not asked', async (_, provider, options: TestCoreOptions, code) => {
    const upstream = await startProvider(whole({ data: [] }));
    const { refusal } = chatCore(upstream.url, options);
    expect(await refusal('models.sync', { provider })).toMatchObject({ code });
    expect(upstream.exchanges).toEqual([]);
  });

  it.each<[string, string, Reply, string, string]>([
    [
      'a wrong key',
      'openai_public',
      whole({ error: { message: 'Incorrect key' } }, 401),
      'provider_unauthorized',
      'HTTP 401: Incorrect key',
    ],
    [
      'a server that is down',
      'openrouter',
      whole({ error: { message: 'back soon' } }, 503),
      'provider_overloaded',
      'back soon',
    ],
    ['a router’s HTML page', 'lmstudio_local', whole('<html>hello</html>'), 'provider_bad_reply', 'not JSON'],
    [
      'JSON that is not a list',
      'lmstudio_local',
      whole({ ok: true }),
      'provider_bad_reply',
      'no list of models',
    ],
    [
      'a list that is a string',
      'openai_public',
      whole({ data: 'none' }),
      'provider_bad_reply',
      'no list of models',
    ],
    [
      'entries of another kind',
      'ollama_default',
      whole({ models: [1, null, { title: 'x' }] }),
      'provider_bad_reply',
      'none of the 3',
    ],
    [
      'a redirect',
      'ollama_default',
      whole('', 302, { location: 'http://127.0.0.1:9/' }),
      'provider_error',
      'HTTP 302',
    ],
    [
      'a broken connection',
      'ollama_default',
      ({ socket }) => void socket.resetAndDestroy(),
      'provider_interrupted',
      'broke',
    ],
  ])('%s removes no model: it is an error', async (_, provider, reply, code, text) => {
    const upstream = await startProvider(reply);
    const { refusal } = chatCore(upstream.url);
    const error = await refusal('models.sync', { provider });
    expect(error).toMatchObject({ code, details: { provider } });
    expect(error.message).toContain(text);
    expect((await refusal('models.keep', { provider, accept: 'all' })).code).toBe('not_found');
  });

  it('a key in an error or a list is redacted', async () => {
    const key = plantedKey('openai_public');
    const upstream = await startProvider(whole({ error: { message: `bad: ${key}` } }, 401));
    const { refusal, ask } = chatCore(upstream.url);
    expect(JSON.stringify(await refusal('models.sync', { provider: 'openai_public' }))).not.toContain(key);
    upstream.answer(whole({ data: [{ id: `m-${key}`, name: key }] }));
    expect(JSON.stringify(await ask('models.sync', { provider: 'openai_public' }))).not.toContain(key);
  });

  it('a request to a silent provider ends with its caller', async () => {
    const upstream = await startProvider(silence);
    const leaving = new AbortController();
    const { core } = chatCore(upstream.url);
    const asked = core.dispatcher.dispatch(
      'models.sync',
      { provider: 'ollama_default' },
      testContext({ signal: leaving.signal }),
    );
    await upstream.next();
    leaving.abort();
    expect(await asked).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    await upstream.idle();
  });
});

it('a credential header from a variable is not sent beside the key', async () => {
  const env = {
    COMFYVN_LLM_OPENAI_PUBLIC_HEADERS: '{"Authorization":"Bearer from-a-variable-1","X-Org":"o"}',
  };
  const { upstream } = await synced('openai_public', whole({ data: [{ id: 'gpt-4o' }] }), { env });
  const sent = upstream.exchanges[0]!.headers;
  expect(sent.authorization).toBe(`Bearer ${plantedKey('openai_public')}`);
  expect(sent['x-org']).toBe('o');
});

it('a sync changes no file, model or price', async () => {
  const before = async (core: ReturnType<typeof chatCore>) =>
    JSON.stringify((await core.ask('registry.get')).providers);
  const upstream = await startProvider(whole({ data: [{ id: 'only-this' }] }));
  const core = chatCore(upstream.url);
  const was = await before(core);
  await core.ask('models.sync', { provider: 'openai_public' });
  expect(await before(core)).toBe(was);
  expect(existsSync(join(core.root, 'config/llm/overlays'))).toBe(false);
});
