import { describe, expect, it } from 'vitest';
import { chatCore } from '../../__fixtures__/chat-core.ts';
import { whole } from '../../__fixtures__/provider-replies.ts';
import { startProvider } from '../../__fixtures__/provider-upstream.ts';
import { synced } from './__fixtures__/synced.ts';

const idsOf = (items: { id: string }[]) => items.map(({ id }) => id);

describe('each protocol’s list', () => {
  it('OpenAI’s: a shutdown date is a change, and nothing else is inferred', async () => {
    const data = [
      {
        id: 'gpt-4o',
        object: 'model',
        shutdown_date: '2027-03-01',
        pricing: { prompt: '9', completion: '9' },
      },
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
      changed: [{ id: 'gpt-4o', changes: [{ field: 'shutdown', from: '2027-01-14', to: '2027-03-01' }] }],
      keep_until: '2026-11-22T00:10:00.000Z',
    });
    expect(idsOf(found.missing)).toEqual(['gpt-4.1', 'gpt-4.1-mini', 'gpt-6.1-terra', 'gpt-6.2-sol']);
    expect(found.missing[0]!.changes).toEqual([{ field: 'absent', from: null, to: '2026-11-22' }]);
    expect(upstream.exchanges.map((e) => `${e.method} ${e.path}`)).toEqual(['GET /v1/models']);
  });

  it('OpenRouter’s: price, parameters and retirement, compared with the registry by the provider’s id', async () => {
    const model = (id: string, more: object) => ({
      id,
      name: `Name of ${id}`,
      context_length: 128000,
      ...more,
    });
    const data = [
      model('mistralai/mistral-large-2407', {
        pricing: { prompt: '0.000003', completion: '0.000009' },
        supported_parameters: ['top_p', 'temperature', 'top_p'],
        expiration_date: '2027-02-01',
      }),
      model('new/model', {
        pricing: { prompt: '0', completion: '0' },
        supported_parameters: ['tools', 'response_format'],
      }),
      model('router/auto', { pricing: { prompt: '-1', completion: '-1' } }),
    ];
    const { found } = await synced('openrouter', whole({ data, links: { next: null } }));
    expect(found.changed).toEqual([
      {
        id: 'mistralai/mistral-large-2',
        label: 'Mistral Large 2',
        changes: [
          { field: 'context', from: 131072, to: 128000 },
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
        changes: [
          { field: 'context', from: null, to: 128000 },
          { to: { input: 0, output: 0 } },
          { to: ['response_format', 'tools'] },
        ],
      },
      { id: 'router/auto', changes: [{ field: 'context' }] },
    ]);
    expect(found.missing).toHaveLength(19);
  });

  it('Anthropic’s and Google’s: context windows, and one page is not taken for the whole list', async () => {
    const anthropic = {
      data: [{ type: 'model', id: 'claude-opus-4-6', display_name: 'Opus', max_input_tokens: 500000 }],
    };
    const page = await synced('anthropic_public', whole({ ...anthropic, has_more: true }));
    expect(page.found).toMatchObject({ complete: false, missing: [] });
    expect(page.found.changed).toEqual([
      {
        id: 'claude-opus-4-6',
        label: expect.any(String),
        changes: [{ field: 'context', from: 1000000, to: 500000 }],
      },
    ]);
    const models = [
      {
        name: 'models/gemini-3.8-flash',
        inputTokenLimit: 1048576,
        supportedGenerationMethods: ['generateContent'],
      },
      { name: 'models/gemini-4', displayName: 'Gemini 4', supportedGenerationMethods: ['generateContent'] },
      { name: 'models/embed-1', supportedGenerationMethods: ['embedContent'] },
    ];
    const { found } = await synced('google_gemini', whole({ models }));
    expect(found).toMatchObject({
      found: 2,
      complete: true,
      changed: [],
      added: [{ id: 'gemini-4', label: 'Gemini 4' }],
    });
    const next = await synced('google_gemini', whole({ models, nextPageToken: 'more' }));
    expect(next.found).toMatchObject({ complete: false, missing: [] });
  });

  it('Ollama’s and LM Studio’s: the installed models, without key or flag', async () => {
    const files = { 'config/comfyvn.json': {} };
    const tags = whole({ models: [{ name: 'mistral:latest' }, { name: 'llama3:8b' }] });
    const ollama = await synced('ollama_default', tags, { files });
    expect(ollama.found).toMatchObject({
      added: [{ id: 'llama3:8b' }],
      missing: expect.arrayContaining([expect.objectContaining({ id: 'nemotron-mini:latest' })]) as unknown[],
      changed: [],
    });
    const empty = await synced('ollama_default', whole({ models: null }), { files });
    expect(idsOf(empty.found.missing)).toEqual(
      expect.arrayContaining(['mistral:latest', 'gemma4:26b', 'nemotron-mini:latest']),
    );
    const studio = await synced('lmstudio_local', whole({ data: [{ id: 'hermes-3-llama-3.1-8b' }] }), {
      files,
    });
    expect(studio.found).toMatchObject({ added: [] });
    expect(idsOf(studio.found.missing)).toContain('phi-3-mini-4k-instruct');
    expect(idsOf(studio.found.missing)).not.toContain('hermes-3-llama-3.1-8b');
  });

  it('a model without a tag is Ollama’s "latest", and not missing', async () => {
    const base = (await startProvider(whole({ models: [{ name: 'qwen3:latest' }] }))).url;
    const file = { name: 'house', adapter: 'ollama', base, models: [{ id: 'qwen3', tags: ['chat'] }] };
    const { ask } = chatCore(base, { files: { 'config/llm/providers/house.json': file } });
    expect(await ask('models.sync', { provider: 'house' })).toMatchObject({
      added: [],
      missing: [],
      changed: [],
    });
  });

  it('a runtime adapter is asked at its own address, and cannot store facts', async () => {
    const upstream = await startProvider(whole({ data: [{ id: 'loaded-one' }] }));
    const { ask, refusal } = chatCore('http://127.0.0.1:9');
    await ask('runtime.register', {
      id: 'bench',
      provider: 'lmstudio',
      metadata: { base_url: `${upstream.url}/v1` },
    });
    expect(await ask('models.sync', { provider: 'bench' })).toMatchObject({
      added: [{ id: 'loaded-one' }],
      missing: [],
    });
    const refused = await refusal('models.keep', { provider: 'bench', accept: 'all' });
    expect(refused.message).toContain('providers.keep');
  });
});
