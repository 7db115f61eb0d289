import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startServer, type ServerProcess } from './__fixtures__/server-process.ts';
import { temporaryFolder } from './core/__fixtures__/test-core.ts';
import { openAiReply, startUpstream } from './core/__fixtures__/upstream.ts';

const providers = ['openai_public', 'anthropic_public', 'google_gemini', 'openrouter'];

async function two(env: Record<string, string> = {}) {
  const root = temporaryFolder();
  const start = () =>
    startServer({ root, env: { COMFYVN_LLM_KEY_PASSPHRASE: 'correct horse battery', ...env } });
  const [a, b] = await Promise.all([start(), start()]);
  const read = (path: string) =>
    JSON.parse(readFileSync(join(root, path), 'utf8')) as Record<string, unknown>;
  const names = () =>
    ['.', 'config', 'config/llm/presets', 'data'].flatMap((folder) => readdirSync(join(root, folder)));
  return { root, a, b, both: [a, b] as const, read, names };
}

/** From both at the same time, each one after the other. */
async function each(
  both: readonly ServerProcess[],
  count: number,
  change: (server: ServerProcess, which: number, n: number) => Promise<unknown>,
) {
  await Promise.all(
    both.map(async (server, which) => {
      for (let n = 0; n < count; n++) await change(server, which, n);
    }),
  );
}

test('every preset, flag, key and draft that either process has acknowledged is stored', async () => {
  const { both, read, names } = await two();
  await Promise.all([
    each(both, 15, (server, which, n) =>
      server.ask('presets.create', {
        module: 'translate',
        preset: { id: `mine-${which}-${n}`, provider: 'stub', model: 'stub', options: {} },
      }),
    ),
    each(both, 10, (server, which, n) =>
      server.ask('features.set', { flag: `flag_${which}_${n}`, enabled: true }),
    ),
    each(both, 2, (server, which, n) =>
      server.ask('keys.set', {
        provider: providers[which * 2 + n],
        key: `sk-planted-${which}-${n}-0123456789`,
      }),
    ),
    each(both, 15, (server, which, n) =>
      server.ask('settings.update', { drafts: { [`d-${which}-${n}`]: n } }),
    ),
  ]);
  const all = (count: number, name: (which: number, n: number) => string) =>
    [0, 1].flatMap((which) => Array.from({ length: count }, (_, n) => name(which, n))).sort();
  const presets = read('config/llm/presets/translate.json')['presets'] as { id: string }[];
  expect(presets.map(({ id }) => id).sort()).toEqual(all(15, (which, n) => `mine-${which}-${n}`));
  expect(Object.keys(read('config/comfyvn.json')['features'] as object).sort()).toEqual(
    all(10, (which, n) => `flag_${which}_${n}`),
  );
  expect(Object.keys(read('data/keys.passphrase.json')['keys'] as object).sort()).toEqual(
    [...providers].sort(),
  );
  expect(Object.keys(read('panel.json')['drafts'] as object).sort()).toEqual(
    all(15, (which, n) => `d-${which}-${n}`),
  );
  expect(names().filter((name) => /broken|tmp/.test(name))).toEqual([]);
});

test('a lower limit and another key apply to the other process from its next call on', async () => {
  const upstream = await startUpstream(openAiReply('pong'));
  const { a, b } = await two({ COMFYVN_LLM_OPENAI_PUBLIC_BASE_URL: `${upstream.url}/v1` });
  await a.ask('features.set', { flag: 'enable_public_llm', enabled: true });
  const call = {
    provider: 'openai_public',
    model: 'gpt-4.1',
    messages: [{ role: 'user', content: 'hi' }],
    params: { max_tokens: 5 },
  };
  for (const [saver, caller] of [
    [a, b],
    [b, a],
    [a, b],
  ] as const) {
    const key = `sk-planted-${upstream.requests.length}-0123456789abcdef`;
    await saver.ask('keys.set', { provider: 'openai_public', key, replace_locked: true });
    await caller.ask('chat.send', call);
    expect(upstream.requests.at(-1)?.headers.authorization).toBe(`Bearer ${key}`);
  }
  await a.ask('settings.update', { daily_budget_usd: 0 });
  expect(await b.tell('chat.send', call)).toMatchObject({ ok: false, error: { code: 'budget_exceeded' } });
  await b.ask('settings.update', { theme: 'dark' });
  expect((await a.ask('settings.get')).daily_budget_usd).toBe(0);
});
