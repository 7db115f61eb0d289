import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chatCore, dryRun, hello } from '../../__fixtures__/chat-core.ts';
import { whole } from '../../__fixtures__/provider-replies.ts';
import { startProvider } from '../../__fixtures__/provider-upstream.ts';
import type { TestCore } from '../../__fixtures__/test-core.ts';

const large = {
  id: 'mistralai/mistral-large-2407',
  context_length: 64000,
  pricing: { prompt: '0.000003', completion: '0.000009' },
  supported_parameters: ['temperature', 'max_tokens'],
};
const fresh = {
  id: 'new/model',
  name: 'A new one',
  context_length: 8192,
  pricing: { prompt: '0.000001', completion: '0.000002' },
};

async function withList(data: unknown[], files: Record<string, unknown> = {}) {
  const upstream = await startProvider(whole({ data }));
  const core = chatCore(upstream.url, { files });
  const path = join(core.root, 'config/llm/overlays/openrouter.json');
  const sync = () => core.ask('models.sync', { provider: 'openrouter' });
  const keep = (accept: unknown = 'all') => core.ask('models.keep', { provider: 'openrouter', accept });
  const overlay = () => JSON.parse(readFileSync(path, 'utf8')) as { models: Record<string, unknown>[] };
  return { ...core, upstream, path, sync, keep, overlay };
}

async function models({ ask }: Pick<TestCore, 'ask'>, provider = 'openrouter') {
  const { providers } = await ask('registry.get');
  // The day of the last check is not a fact that is kept or forgotten.
  return new Map(
    providers
      .find((p) => p.name === provider)!
      .models.map(({ checked: _checked, ...model }) => [model.id, model]),
  );
}

const estimateOf = async (core: TestCore, model: string, params: object = {}) =>
  dryRun(core, { provider: 'openrouter', model, messages: hello, params: { max_tokens: 1000, ...params } });

describe('a stored change', () => {
  it('changes the estimate and the source shown, fee included', async () => {
    const core = await withList([large]);
    const before = (await estimateOf(core, 'mistralai/mistral-large-2')).estimate;
    await core.sync();
    expect((await estimateOf(core, 'mistralai/mistral-large-2')).estimate).toEqual(before);
    await core.keep();
    const { estimate } = await estimateOf(core, 'mistralai/mistral-large-2');
    const source = `${core.upstream.url}/api/v1/models`;
    expect(before!.price!.source).not.toBe(source);
    expect(estimate!.price).toMatchObject({ input: 3.165, output: 9.495, source, as_of: '2026-11-22' });
    expect(estimate!.cost!.min).toBeCloseTo((estimate!.prompt_tokens * 3.165) / 1e6, 9);
    expect((await models(core)).get('mistralai/mistral-large-2')).toMatchObject({
      context: 64000,
      pricing: { source, fee: 0.055 },
    });
  });

  it('adds a callable model, with a tag and a warning about parameters it lacks', async () => {
    const core = await withList([{ ...fresh, supported_parameters: ['temperature', 'structured_outputs'] }]);
    await core.sync();
    await core.keep(['new/model']);
    expect((await models(core)).get('new/model')).toMatchObject({
      label: 'A new one',
      tags: ['chat', 'json'],
      context: 8192,
      wire_id: 'new/model',
    });
    const { warnings, plan } = await estimateOf(core, 'new/model', { top_k: 5, temperature: 1 });
    expect(warnings.filter((text) => text.includes('does not take'))).toEqual([
      expect.stringContaining('top_k'),
    ]);
    expect(plan.body).toMatchObject({ top_k: 5, temperature: 1 });
  });

  it('contains only what was accepted', async () => {
    const core = await withList([large, fresh]);
    await core.sync();
    expect(await core.keep(['new/model'])).toMatchObject({ kept: 1, warnings: [] });
    expect(core.overlay().models.map(({ id }) => id)).toEqual(['new/model']);
    expect((await models(core)).get('mistralai/mistral-large-2')).toMatchObject({ context: 131072 });
    const refused = await core.refusal('models.keep', {
      provider: 'openrouter',
      accept: ['new/model', 'made/up'],
    });
    expect(refused).toMatchObject({ code: 'invalid_request', message: expect.stringContaining('made/up') });
  });

  it('never removes a listed model: it is marked, until it is listed again', async () => {
    const core = await withList([fresh]);
    const all = [...(await models(core)).keys()];
    await core.sync();
    await core.keep();
    const marked = await models(core);
    expect([...marked.keys()]).toEqual([...all, 'new/model']);
    expect(marked.get('perplexity/sonar')!.lifecycle.note).toContain(
      "absent from the provider's list of 2026-11-22",
    );
    expect(marked.get('perplexity/sonar')!.lifecycle.status).toBe('active');
    core.clock.set('2026-11-30');
    core.upstream.answer(whole({ data: [{ id: 'perplexity/sonar' }] }));
    const again = await core.sync();
    expect(again.changed).toEqual([
      {
        id: 'perplexity/sonar',
        label: expect.any(String),
        changes: [{ field: 'absent', from: '2026-11-22', to: null }],
      },
    ]);
    expect(again.missing.find(({ id }) => id === 'new/model')!.changes).toEqual([
      { field: 'absent', from: null, to: '2026-11-30' },
    ]);
    await core.keep();
    const back = await models(core);
    expect(back.get('perplexity/sonar')!.lifecycle.note ?? '').not.toContain('absent');
    // An added model that is gone keeps its facts and their date.
    expect(back.get('new/model')).toMatchObject({ context: 8192, pricing: { as_of: '2026-11-22' } });
  });

  it('with a shutdown date retires the model on that day', async () => {
    const core = await withList([{ ...large, expiration_date: '2026-12-01' }]);
    await core.sync();
    await core.keep();
    const life = async () => (await models(core)).get('mistralai/mistral-large-2')!.lifecycle;
    expect(await life()).toMatchObject({ status: 'deprecated', shutdown: '2026-12-01', as_of: '2026-11-22' });
    core.clock.set('2026-12-01');
    expect(await life()).toMatchObject({ status: 'retired' });
    core.upstream.answer(whole({ data: [large] }));
    expect((await core.sync()).changed).toMatchObject([
      { changes: [{ field: 'shutdown', from: '2026-12-01', to: null }] },
    ]);
  });

  it('is not offered again by the next sync', async () => {
    const core = await withList([large, fresh]);
    await core.sync();
    await core.keep();
    expect(await core.sync()).toMatchObject({ added: [], changed: [] });
  });

  it('persists across a restart, and stays out of the provider’s file when that is edited', async () => {
    const first = await withList([large, fresh]);
    await first.sync();
    await first.keep();
    const text = readFileSync(first.path, 'utf8');
    const second = chatCore(first.upstream.url, { files: { 'config/llm/overlays/openrouter.json': text } });
    expect((await models(second)).get('new/model')).toMatchObject({ label: 'A new one' });
    const { provider } = await second.ask('providers.get', { name: 'openrouter' });
    expect(provider.models!.map(({ id }) => id)).not.toContain('new/model');
    expect(provider.models!.find(({ id }) => id === 'mistralai/mistral-large-2')).toMatchObject({
      context: 131072,
    });
  });
});

describe('refused to store:', () => {
  it('a list older than ten minutes', async () => {
    const core = await withList([fresh]);
    expect((await core.refusal('models.keep', { provider: 'openrouter', accept: 'all' })).code).toBe(
      'not_found',
    );
    await core.sync();
    core.clock.advance(10 * 60_000 + 1);
    expect((await core.refusal('models.keep', { provider: 'openrouter', accept: 'all' })).code).toBe(
      'not_found',
    );
    expect(existsSync(core.path)).toBe(false);
  });

  it('facts from another address, which are not used there either', async () => {
    const core = await withList([fresh]);
    await core.sync();
    await core.keep();
    core.env['COMFYVN_LLM_OPENROUTER_BASE_URL'] = 'http://127.0.0.1:9/api/v1';
    const { warnings } = await core.ask('registry.refresh');
    expect(warnings.filter((text) => text.includes('stored for openrouter'))).toHaveLength(1);
    expect((await models(core)).has('new/model')).toBe(false);
    expect((await core.refusal('models.keep', { provider: 'openrouter', accept: 'all' })).code).toBe(
      'invalid_request',
    );
  });
});

describe('a damaged overlay', () => {
  it.each([
    ['no JSON', '{"version": 1,'],
    ['an unknown field', { version: 1, provider: 'openrouter', origin: 'x', models: [], extra: 1 }],
    ['a newer version', { version: 2 }],
    ['the file of another provider', { version: 1, provider: 'openai_public', origin: 'x', models: [] }],
    [
      'an invalid price',
      {
        version: 1,
        provider: 'openrouter',
        origin: 'x',
        models: [{ id: 'a', pricing: { input: -1, output: 1 }, source: 's', as_of: '2026-11-22' }],
      },
    ],
  ])('(%s) is reported, ignored, and set aside when a new one is written', async (_, content) => {
    const core = await withList([fresh], { 'config/llm/overlays/openrouter.json': content });
    const { warnings } = await core.ask('registry.get');
    expect(warnings.filter((text) => text.startsWith(core.path))).toHaveLength(1);
    const text = readFileSync(core.path, 'utf8');
    await core.sync();
    expect((await core.keep()).warnings).toEqual([expect.stringContaining('kept beside')]);
    const beside = readdirSync(join(core.root, 'config/llm/overlays')).find((name) =>
      name.includes('.broken-'),
    );
    expect(readFileSync(join(core.root, 'config/llm/overlays', beside!), 'utf8')).toBe(text);
    expect((await core.ask('registry.get')).warnings.filter((w) => w.startsWith(core.path))).toEqual([]);
  });
});

describe('deleting an overlay', () => {
  it('moves the file to the trash and restores the registry', async () => {
    const core = await withList([large, fresh]);
    const before = await models(core);
    await core.sync();
    await core.keep();
    const text = readFileSync(core.path, 'utf8');
    const { trashed } = await core.ask('models.forget', { provider: 'openrouter' });
    expect(await models(core)).toEqual(before);
    expect(existsSync(core.path)).toBe(false);
    expect(trashed.startsWith(join(core.root, 'config/llm/trash'))).toBe(true);
    expect(readFileSync(trashed, 'utf8')).toBe(text);
    expect((await core.refusal('models.forget', { provider: 'openrouter' })).code).toBe('not_found');
  });

  it('can be undone, as storing can: the file is as it was, and leaves the trash', async () => {
    const core = await withList([large, fresh]);
    const before = await models(core);
    await core.sync();
    const { change: keeping } = await core.keep();
    const text = readFileSync(core.path, 'utf8');
    const { change, trashed } = await core.ask('models.forget', { provider: 'openrouter' });
    await core.ask('providers.undo', { change: change.id });
    expect(readFileSync(core.path, 'utf8')).toBe(text);
    expect(existsSync(trashed)).toBe(false);
    await core.ask('providers.undo', { change: keeping!.id });
    expect(existsSync(core.path)).toBe(false);
    expect(await models(core)).toEqual(before);
  });

  it('touches no other file', async () => {
    const core = await withList([fresh]);
    const file = core.write('config/llm/providers/mine.json', {
      name: 'mine',
      adapter: 'stub',
      base: 'stub://local',
    });
    for (const provider of ['../providers/mine', '..', '/etc/passwd', 'a\0b', '__proto__'])
      expect((await core.refusal('models.forget', { provider })).code).toMatch(/unknown_provider|not_found/);
    expect(existsSync(file)).toBe(true);
  });
});
