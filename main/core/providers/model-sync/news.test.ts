import { readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogueKind } from '../../../../contract/model-sync.ts';
import { chatCore } from '../../__fixtures__/chat-core.ts';
import { whole } from '../../__fixtures__/provider-replies.ts';
import { startProvider } from '../../__fixtures__/provider-upstream.ts';
import type { TestCore } from '../../__fixtures__/test-core.ts';

const nemo = { id: 'mistralai/mistral-nemo', pricing: { prompt: '0.0000005', completion: '0.0000009' } };

async function withList(data: unknown[]) {
  const upstream = await startProvider(whole({ data }));
  const core = chatCore(upstream.url, {
    files: {
      'config/llm/presets/vn_chat.json': {
        version: 1,
        active: 'vn-chat-20-openrouter-mistral-nemo',
        presets: [],
        edits: {},
      },
    },
  });
  return { ...core, upstream };
}

const modelOf = async ({ ask }: Pick<TestCore, 'ask'>, id: string) =>
  (await ask('registry.get')).providers
    .find(({ name }) => name === 'openrouter')!
    .models.find((model) => model.id === id)!;

describe('news of all providers', () => {
  test('every provider is asked once or listed as skipped; one that fails does not stop the others', async () => {
    const core = await withList([nemo]);
    const { lists, failed, skipped } = await core.ask('models.news', {});
    const names = [...lists, ...failed, ...skipped].map(({ provider }) => provider);
    const { providers } = await core.ask('registry.get');
    const all = providers.filter(({ kind }) => kind !== 'stub').map(({ name }) => name);
    expect(names.toSorted()).toEqual(all.toSorted());
    expect(lists.map(({ provider }) => provider)).toContain('openrouter');
  });

  test('models in use by a module come first; nothing is stored until accepted, then the module has its notice', async () => {
    const core = await withList([nemo]);
    const report = await core.ask('models.news', { providers: ['openrouter'] });
    expect(report.news[0]).toMatchObject({
      model: 'mistralai/mistral-nemo',
      kind: 'price',
      serves: ['vn_chat'],
    });
    expect(report.news.some(({ kind }) => kind === 'vanished')).toBe(true);
    expect(existsSync(join(core.root, 'config/llm/overlays/openrouter.json'))).toBe(false);
    const noticesNow = async () => (await core.ask('presets.list', { module: 'vn_chat' })).notices;
    expect(await noticesNow()).toEqual([]);
    await core.ask('models.keep', { provider: 'openrouter', accept: 'all' });
    expect(await noticesNow()).toMatchObject([{ kind: 'price_changed', tone: 'warn' }]);
  });

  test('a model that is no longer listed gives its module a warning and blocks nothing', async () => {
    const core = await withList([{ id: 'other/model' }]);
    await core.ask('models.news', { providers: ['openrouter'] });
    await core.ask('models.keep', { provider: 'openrouter', accept: ['mistralai/mistral-nemo'] });
    const { notices } = await core.ask('presets.list', { module: 'vn_chat' });
    expect(notices).toMatchObject([
      { kind: 'vanished', tone: 'warn', preset: 'vn-chat-20-openrouter-mistral-nemo' },
    ]);
    const dry = await core.ask('chat.send', {
      module: 'vn_chat',
      messages: [{ role: 'user', content: 'hi' }],
      dry_run: true,
    });
    expect(dry).toMatchObject({ model: 'mistralai/mistral-nemo' });
  });

  test('each model shows when a list last had it, or its record where no list was read', async () => {
    const core = await withList([nemo]);
    const before = await modelOf(core, nemo.id);
    expect(before.checked?.source).not.toContain('/models');
    await core.ask('models.news', { providers: ['openrouter'] });
    expect((await modelOf(core, nemo.id)).checked).toEqual({
      as_of: '2026-11-22',
      source: `${core.upstream.url}/api/v1/models`,
    });
    expect((await modelOf(core, 'z-ai/glm-5.3-flash')).checked?.source).not.toContain('/api/v1/models');
  });
});

const catalogue = (models: unknown[], as_of = '2026-11-28') => ({
  kind: catalogueKind,
  version: 1,
  source: 'a catalogue of friends',
  as_of,
  models,
});

describe('a catalogue file', () => {
  const preview = (core: TestCore, document: unknown) =>
    core.ask('models.import', { document: document as string, mode: 'preview' });

  test('shows retirement dates, prices and rules before anything is written; once applied, calls follow them', async () => {
    const core = await withList([]);
    const rule = { rule: 'refused', id: 'nemo-top-k', params: ['top_k'], level: 'drop', source: 'friends' };
    const document = catalogue([
      {
        provider: 'openrouter',
        id: nemo.id,
        shutdown: '2027-01-05',
        successor: 'mistralai/mistral-small-2603',
        pricing: { input: 1, output: 2 },
        rules: [rule],
      },
      { provider: 'openrouter', id: 'brand/new', context: 32000 },
    ]);
    const shown = await preview(core, JSON.stringify(document));
    expect(shown.items.map(({ outcome }) => outcome)).toEqual(['changed', 'added']);
    expect(shown.kept).toBe(0);
    expect((await modelOf(core, nemo.id)).lifecycle.shutdown).toBeNull();
    const applied = await core.ask('models.import', { document, mode: 'apply' });
    expect(applied.kept).toBe(2);
    expect(await modelOf(core, nemo.id)).toMatchObject({
      lifecycle: { status: 'deprecated', shutdown: '2027-01-05', successor: 'mistralai/mistral-small-2603' },
      pricing: { source: 'a catalogue of friends', as_of: '2026-11-28' },
    });
    const dry = await core.ask('chat.send', {
      provider: 'openrouter',
      model: nemo.id,
      messages: [{ role: 'user', content: 'hi' }],
      params: { top_k: 3 },
      dry_run: true,
    });
    expect((dry as { dropped: unknown[] }).dropped).toMatchObject([{ param: 'top_k', rule: 'nemo-top-k' }]);
    await core.ask('providers.undo', {});
    expect((await modelOf(core, nemo.id)).lifecycle.shutdown).toBeNull();
  });

  test('a retirement date that was imported survives a list without one', async () => {
    const core = await withList([nemo]);
    const document = catalogue([{ provider: 'openrouter', id: nemo.id, shutdown: '2027-01-05' }]);
    await core.ask('models.import', { document, mode: 'apply' });
    await core.ask('models.sync', { provider: 'openrouter' });
    await core.ask('models.keep', { provider: 'openrouter', accept: 'all' });
    expect((await modelOf(core, nemo.id)).lifecycle).toMatchObject({
      shutdown: '2027-01-05',
      source: 'a catalogue of friends',
    });
  });

  test('a lower price waits for its own confirmation', async () => {
    const core = await withList([]);
    const document = catalogue([
      { provider: 'openrouter', id: nemo.id, pricing: { input: 0.001, output: 0.001 } },
      { provider: 'openrouter', id: 'z-ai/glm-5.3-flash', pricing: { input: 9, output: 0.01 } },
    ]);
    const first = await core.ask('models.import', { document, mode: 'apply' });
    expect(first.items.map(({ outcome }) => outcome)).toEqual(['lower_price', 'lower_price']);
    expect(first.kept).toBe(0);
    const lower_prices = [`openrouter/${nemo.id}`];
    const second = await core.ask('models.import', { document, mode: 'apply', lower_prices });
    expect(second.items.map(({ outcome }) => outcome)).toEqual(['changed', 'lower_price']);
    const path = join(core.root, 'config/llm/overlays/openrouter.json');
    const { models } = JSON.parse(readFileSync(path, 'utf8')) as { models: { id: string }[] };
    expect(models.map(({ id }) => id)).toEqual([nemo.id]);
  });

  test.each([
    ['an address', { base: 'https://evil.example/v1' }],
    ['a kind', { kind: 'local' }],
    ['headers', { headers: { authorization: 'x' } }],
    ['an adapter', { adapter: 'openai_compat' }],
  ])('%s in it refuses the whole file and is named', async (_what, field) => {
    const core = await withList([]);
    const models = [{ provider: 'openrouter', id: nemo.id, ...field }];
    await expect(preview(core, catalogue(models))).rejects.toThrow(Object.keys(field)[0]);
  });

  test('an unknown provider, a duplicate model and older facts are reported', async () => {
    const core = await withList([nemo]);
    await core.ask('models.sync', { provider: 'openrouter' });
    await core.ask('models.keep', { provider: 'openrouter', accept: 'all' });
    const nemoAgain = { provider: 'openrouter', id: nemo.id, context: 1000 };
    const shown = await preview(
      core,
      catalogue([{ provider: 'nobody', id: 'x' }, nemoAgain, nemoAgain], '2026-11-01'),
    );
    expect(shown.items.map(({ outcome }) => outcome)).toEqual(['refused', 'older', 'refused']);
    await expect(preview(core, 'not json')).rejects.toThrow('not JSON');
  });
});
