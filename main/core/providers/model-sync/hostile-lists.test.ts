import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { chatCore } from '../../__fixtures__/chat-core.ts';
import { whole } from '../../__fixtures__/provider-replies.ts';
import { startProvider } from '../../__fixtures__/provider-upstream.ts';

const hostile = [
  '__proto__',
  'constructor',
  'prototype',
  'line\r\nbreak',
  'null\0byte',
  'x'.repeat(10_000),
  ' padded ',
  'right\u202eleft',
  '\ud800',
];

async function listing(data: unknown[]) {
  const upstream = await startProvider(whole({ data }));
  const core = chatCore(upstream.url);
  const found = await core.ask('models.sync', { provider: 'openrouter' });
  return { ...core, found };
}

it('invalid ids are left out and named; the others are accepted', async () => {
  const good = ['toString', 'hasOwnProperty', '../../etc/passwd', '<img src=x>', 'modèle/été'];
  const { found, ask, root } = await listing([...hostile, ...good, ...good].map((id) => ({ id })));
  expect(found.left_out.count).toBe(hostile.length);
  expect(found.left_out.first).toHaveLength(hostile.length);
  expect(found.added.map(({ id }) => id)).toEqual(good);
  expect(JSON.stringify(found).length).toBeLessThan(20_000);
  expect(found.left_out.first.map(({ id }) => id).join('')).not.toMatch(/[\0\r\n]/);
  await ask('models.keep', { provider: 'openrouter', accept: 'all' });
  const { providers, warnings } = await ask('registry.get');
  const ids = providers.find((p) => p.name === 'openrouter')!.models.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(good));
  expect(warnings.filter((text) => text.includes('overlays'))).toEqual([]);
  expect(({} as Record<string, unknown>)['context']).toBeUndefined();
  expect(readFileSync(join(root, 'config/llm/overlays/openrouter.json'), 'utf8')).not.toContain('xxxxx');
});

it('impossible facts are left out, and the file that is written can be read again', async () => {
  const { found, ask } = await listing([
    {
      id: 'a/a',
      context_length: 1.5,
      pricing: { prompt: '1e300', completion: '1e305' },
      expiration_date: '2026-99-99',
    },
    {
      id: 'b/b',
      context_length: -1,
      pricing: { prompt: 'NaN', completion: '1' },
      supported_parameters: ['a\nb', 7],
    },
    {
      id: 'c/c',
      name: `two\r\nlines ${'😀'.repeat(300)}`,
      pricing: 'free',
      supported_parameters: 'temperature',
    },
    { id: 'd/d', context_length: 1e300, supported_parameters: Array(1000).fill('x'), expiration_date: 1e300 },
  ]);
  expect(found.added.map(({ changes }) => changes.map(({ field }) => field))).toEqual([
    [],
    [],
    [],
    ['supported_parameters'],
  ]);
  expect(found.added[2]!.label).toMatch(/^two lines .{1,200}$/u);
  await ask('models.keep', { provider: 'openrouter', accept: 'all' });
  const { providers, warnings } = await ask('registry.refresh');
  expect(warnings.filter((text) => text.includes('overlays'))).toEqual([]);
  expect(providers.find((p) => p.name === 'openrouter')!.models.some(({ id }) => id === 'd/d')).toBe(true);
});

it('five thousand models are compared, stored and read within seconds', async () => {
  const data = Array.from({ length: 5000 }, (_, n) => ({
    id: `vendor/model-${n}`,
    name: `Model ${n}`,
    context_length: 1000 + n,
    pricing: { prompt: '0.000001', completion: '0.000002' },
    supported_parameters: ['temperature', 'top_p', 'max_tokens', 'stop', 'tools'],
  }));
  const started = performance.now();
  const { found, ask } = await listing(data);
  expect(found.added).toHaveLength(5000);
  const { kept: stored } = await ask('models.keep', { provider: 'openrouter', accept: 'all' });
  expect(stored).toBe(5020);
  expect((await ask('models.sync', { provider: 'openrouter' })).added).toEqual([]);
  expect(performance.now() - started).toBeLessThan(30_000);
});

it('an endless list is refused as a whole', async () => {
  const upstream = await startProvider(
    whole({ data: Array.from({ length: 10_001 }, (_, n) => ({ id: `m${n}` })) }),
  );
  const { refusal } = chatCore(upstream.url);
  expect(await refusal('models.sync', { provider: 'openrouter' })).toMatchObject({
    code: 'provider_bad_reply',
    message: expect.stringContaining('10001'),
  });
});
