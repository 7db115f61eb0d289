import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chatCore, plantedKey } from '../../__fixtures__/chat-core.ts';
import { silence, whole } from '../../__fixtures__/provider-replies.ts';
import { startProvider, type Reply } from '../../__fixtures__/provider-upstream.ts';
import { testContext, type TestCoreOptions } from '../../__fixtures__/test-core.ts';

async function synced(provider: string, reply: Reply, options: TestCoreOptions = {}) {
  const upstream = await startProvider(reply);
  const core = chatCore(upstream.url, options);
  return { ...core, upstream, found: await core.ask('models.sync', { provider }) };
}

const idsOf = (items: { id: string }[]) => items.map(({ id }) => id);

describe("each wire's list", () => {
  it("OpenAI's: a shut-down date it tells is a change, and nothing else is made up", async () => {
    const data = [
      { id: 'gpt-4o', object: 'model', shutdown_date: '2027-03-01', pricing: { prompt: '9', completion: '9' } },
      { id: 'gpt-4o-mini', object: 'model' },
      { id: 'gpt-6-luna', object: 'model', shutdown_date: 'soon' },
      { id: 'gpt-7', object: 'model' },
    ];
    const { found, upstream } = await synced('openai_public', whole({ object: 'list', data }));
    expect(found).toMatchObject({
      provider: 'openai_public',
      source: `${upstream.url}/v1/models`,
      as_of: '2026-11-22',
      found: 4,
      complete: true,
      added: [{ id: 'gpt-7', label: 'gpt-7', changes: [] }],
      changed: [
        { id: 'gpt-4o', changes: [{ field: 'shutdown', from: '2027-01-14', to: '2027-03-01' }] },
      ],
      keep_until: '2026-11-22T00:10:00.000Z',
    });
    expect(idsOf(found.missing)).toEqual(['gpt-4.1', 'gpt-4.1-mini']);
    expect(found.missing[0]!.changes).toEqual([{ field: 'absent', from: null, to: '2026-11-22' }]);
    expect(upstream.exchanges.map((e) => `${e.method} ${e.path}`)).toEqual(['GET /v1/models']);
  });

  it("OpenRouter's: price, parameters and end, against what the registry has by wire id", async () => {
    const model = (id: string, more: object) => ({ id, name: `Name of ${id}`, context_length: 128000, ...more });
    const data = [
      model('mistralai/mistral-large-2407', {
        pricing: { prompt: '0.000003', completion: '0.000009' },
        supported_parameters: ['top_p', 'temperature', 'top_p'],
        expiration_date: '2027-02-01',
      }),
      model('new/model', { pricing: { prompt: '0', completion: '0' }, supported_parameters: ['tools', 'response_format'] }),
      model('router/auto', { pricing: { prompt: '-1', completion: '-1' } }),
    ];
    const { found } = await synced('openrouter', whole({ data, links: { next: null } }));
    expect(found.changed).toEqual([
      {
        id: 'mistralai/mistral-large-2',
        label: 'Mistral Large 2',
        changes: [
          { field: 'shutdown', from: null, to: '2027-02-01' },
          { field: 'pricing', from: { input: 2, output: 6 }, to: { input: 3, output: 9 } },
          { field: 'supported_parameters', from: null, to: ['temperature', 'top_p'] },
        ],
      },
    ]);
    expect(found.added).toMatchObject([
      {
        id: 'new/model',
        label: 'Name of new/model',
        changes: [{ field: 'context', from: null, to: 128000 }, { to: { input: 0, output: 0 } }, { to: ['response_format', 'tools'] }],
      },
      { id: 'router/auto', changes: [{ field: 'context' }] },
    ]);
    expect(found.missing).toHaveLength(10);
  });

  it("Anthropic's and Google's: context windows, and one page is not taken for the whole list", async () => {
    const anthropic = { data: [{ type: 'model', id: 'claude-opus-4-6', display_name: 'Opus', max_input_tokens: 500000 }] };
    const page = await synced('anthropic_public', whole({ ...anthropic, has_more: true }));
    expect(page.found).toMatchObject({ complete: false, missing: [] });
    expect(page.found.changed).toEqual([
      { id: 'claude-opus-4-6', label: expect.any(String), changes: [{ field: 'context', from: 1000000, to: 500000 }] },
    ]);
    const models = [
      { name: 'models/gemini-3.8-flash', inputTokenLimit: 1000000, supportedGenerationMethods: ['generateContent'] },
      { name: 'models/gemini-4', displayName: 'Gemini 4', supportedGenerationMethods: ['generateContent'] },
      { name: 'models/embed-1', supportedGenerationMethods: ['embedContent'] },
    ];
    const { found } = await synced('google_gemini', whole({ models }));
    expect(found).toMatchObject({ found: 2, complete: true, changed: [], added: [{ id: 'gemini-4', label: 'Gemini 4' }] });
    const next = await synced('google_gemini', whole({ models, nextPageToken: 'more' }));
    expect(next.found).toMatchObject({ complete: false, missing: [] });
  });

  it("Ollama's and LM Studio's: what is installed here, with no key and no flag", async () => {
    const files = { 'config/comfyvn.json': {} };
    const tags = whole({ models: [{ name: 'mistral:latest' }, { name: 'llama3:8b' }] });
    const ollama = await synced('ollama_default', tags, { files });
    expect(ollama.found).toMatchObject({ added: [{ id: 'llama3:8b' }], missing: [{ id: 'nemotron-mini:latest' }], changed: [] });
    const empty = await synced('ollama_default', whole({ models: null }), { files });
    expect(idsOf(empty.found.missing)).toEqual(['mistral:latest', 'nemotron-mini:latest']);
    const studio = await synced('lmstudio_local', whole({ data: [{ id: 'hermes-3-llama-3.1-8b' }] }), { files });
    expect(studio.found).toMatchObject({ added: [], missing: [{ id: 'phi-3-mini-4k-instruct' }] });
  });

  it('a model without a tag is Ollama\'s "latest", not one that is missing', async () => {
    const base = (await startProvider(whole({ models: [{ name: 'qwen3:latest' }] }))).url;
    const file = { name: 'house', adapter: 'ollama', base, models: [{ id: 'qwen3', tags: ['chat'] }] };
    const { ask } = chatCore(base, { files: { 'config/llm/providers/house.json': file } });
    expect(await ask('models.sync', { provider: 'house' })).toMatchObject({ added: [], missing: [], changed: [] });
  });

  it('a runtime adapter is asked at its own address, and has no file to keep facts over', async () => {
    const upstream = await startProvider(whole({ data: [{ id: 'loaded-one' }] }));
    const { ask, refusal } = chatCore('http://127.0.0.1:9');
    await ask('runtime.register', { id: 'bench', provider: 'lmstudio', metadata: { base_url: `${upstream.url}/v1` } });
    expect(await ask('models.sync', { provider: 'bench' })).toMatchObject({ added: [{ id: 'loaded-one' }], missing: [] });
    const refused = await refusal('models.keep', { provider: 'bench', accept: 'all' });
    expect(refused.message).toContain('providers.keep');
  });
});

describe('what is refused, and in whose words', () => {
  it.each([
    ['a cloud that is off', 'openai_public', { files: { 'config/comfyvn.json': {} } }, 'feature_disabled'],
    ['a cloud without a key', 'openai_public', { env: { COMFYVN_LLM_OPENAI_PUBLIC_API_KEY: '' } }, 'missing_key'],
    ['an address nobody filled in', 'azure_openai', { env: { COMFYVN_LLM_AZURE_OPENAI_BASE_URL: '' } }, 'not_configured'],
    ['a wire without a list', 'studio_proxy', {}, 'invalid_request'],
    ['the stub', 'stub', {}, 'invalid_request'],
    ['nobody', 'opnai_public', {}, 'unknown_provider'],
  ])('%s is not asked', async (_, provider, options: TestCoreOptions, code) => {
    const upstream = await startProvider(whole({ data: [] }));
    const { refusal } = chatCore(upstream.url, options);
    expect(await refusal('models.sync', { provider })).toMatchObject({ code });
    expect(upstream.exchanges).toEqual([]);
  });

  it.each<[string, string, Reply, string, string]>([
    ['a wrong key', 'openai_public', whole({ error: { message: 'Incorrect key' } }, 401), 'provider_unauthorized', 'HTTP 401: Incorrect key'],
    ['a server that is down', 'openrouter', whole({ error: { message: 'back soon' } }, 503), 'provider_overloaded', 'back soon'],
    ['a page of a router', 'lmstudio_local', whole('<html>hello</html>'), 'provider_bad_reply', 'not JSON'],
    ['JSON that is no list', 'lmstudio_local', whole({ ok: true }), 'provider_bad_reply', 'no list of models'],
    ['a list that is a text', 'openai_public', whole({ data: 'none' }), 'provider_bad_reply', 'no list of models'],
    ['entries of another kind', 'ollama_default', whole({ models: [1, null, { title: 'x' }] }), 'provider_bad_reply', 'none of the 3'],
    ['a redirect', 'ollama_default', whole('', 302, { location: 'http://127.0.0.1:9/' }), 'provider_error', 'HTTP 302'],
    ['a connection that breaks', 'ollama_default', ({ socket }) => void socket.resetAndDestroy(), 'provider_interrupted', 'broke'],
  ])('%s takes no model away: it is an error', async (_, provider, reply, code, text) => {
    const upstream = await startProvider(reply);
    const { refusal } = chatCore(upstream.url);
    const error = await refusal('models.sync', { provider });
    expect(error).toMatchObject({ code, details: { provider } });
    expect(error.message).toContain(text);
    expect((await refusal('models.keep', { provider, accept: 'all' })).code).toBe('not_found');
  });

  it('a key that comes back in a failure or a list is cut out', async () => {
    const key = plantedKey('openai_public');
    const upstream = await startProvider(whole({ error: { message: `bad: ${key}` } }, 401));
    const { refusal, ask } = chatCore(upstream.url);
    expect(JSON.stringify(await refusal('models.sync', { provider: 'openai_public' }))).not.toContain(key);
    upstream.answer(whole({ data: [{ id: `m-${key}`, name: key }] }));
    expect(JSON.stringify(await ask('models.sync', { provider: 'openai_public' }))).not.toContain(key);
  });

  it('one that is silent does not outlive its caller', async () => {
    const upstream = await startProvider(silence);
    const leaving = new AbortController();
    const { core } = chatCore(upstream.url);
    const asked = core.dispatcher.dispatch('models.sync', { provider: 'ollama_default' }, testContext({ signal: leaving.signal }));
    await upstream.next();
    leaving.abort();
    expect(await asked).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    await upstream.idle();
  });
});

it('a credential header of a variable does not travel beside the key', async () => {
  const env = { COMFYVN_LLM_OPENAI_PUBLIC_HEADERS: '{"Authorization":"Bearer from-a-variable-1","X-Org":"o"}' };
  const { upstream } = await synced('openai_public', whole({ data: [{ id: 'gpt-4o' }] }), { env });
  const sent = upstream.exchanges[0]!.headers;
  expect(sent.authorization).toBe(`Bearer ${plantedKey('openai_public')}`);
  expect(sent['x-org']).toBe('o');
});

it('asking changes nothing: no file, no model, no price', async () => {
  const before = async (core: ReturnType<typeof chatCore>) => JSON.stringify((await core.ask('registry.get')).providers);
  const upstream = await startProvider(whole({ data: [{ id: 'only-this' }] }));
  const core = chatCore(upstream.url);
  const was = await before(core);
  await core.ask('models.sync', { provider: 'openai_public' });
  expect(await before(core)).toBe(was);
  expect(existsSync(join(core.root, 'config/llm/overlays'))).toBe(false);
});
