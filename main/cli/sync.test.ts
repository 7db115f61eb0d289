import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { whole } from '../core/__fixtures__/provider-replies.ts';
import { startProvider } from '../core/__fixtures__/provider-upstream.ts';
import { testCli } from './__fixtures__/test-cli.ts';
import { exitCodes } from './exit-codes.ts';

const overlay = 'config/llm/overlays/lmstudio_local.json';

async function withServer(data: unknown[]) {
  const upstream = await startProvider(whole({ data }));
  const closedPort = 'http://127.0.0.1:9/v1';
  const env = {
    COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: `${upstream.url}/v1`,
    COMFYVN_LLM_OLLAMA_DEFAULT_BASE_URL: closedPort,
  };
  return { upstream, cli: testCli({ env }) };
}

describe('sync', () => {
  test('fetches the lists of enabled providers, prints missing models, and writes nothing', async () => {
    const { cli, upstream } = await withServer([{ id: 'new-one' }]);
    const run = await cli.run('sync');
    expect(run.code).toBe(exitCodes.ok);
    expect(run.out).toContain('lmstudio_local/hermes-3-llama-3.1-8b: missing from the list of 2026-11-22');
    expect(run.err).toContain('nothing was written');
    expect(run.err).toMatch(/not running: ollama_default/);
    expect(run.err).toMatch(/switched off: .*anthropic_public/);
    expect(upstream.exchanges.map(({ path }) => path)).toEqual(['/v1/models']);
    expect(existsSync(cli.path(overlay))).toBe(false);
  });

  test('an enabled cloud provider without a key is not contacted', async () => {
    const files = { 'config/comfyvn.json': { features: { enable_llm_anthropic: true } } };
    const run = await testCli({ files }).run('sync');
    expect(run.err).toMatch(/without a key: anthropic_public/);
    expect(run.out).toContain('No model list was fetched.');
  });

  test('--keep writes the differences; a failed provider exits with its code', async () => {
    const { cli } = await withServer([{ id: 'new-one' }]);
    expect((await cli.run('sync', 'lmstudio_local', '--keep')).err).toMatch(/\d+ models written/);
    expect(readFileSync(cli.path(overlay), 'utf8')).toContain('new-one');
    const failed = await cli.run('sync', 'ollama_default', '--json');
    expect(failed.code).toBe(exitCodes.provider);
    expect(failed.json()).toMatchObject({ failed: [{ provider: 'ollama_default' }], lists: [] });
  });
});

describe('catalogue', () => {
  const file = (models: unknown[]) => ({
    kind: 'comfyvn-llm-panel/catalogue',
    version: 1,
    source: 'friends',
    as_of: '2026-11-21',
    models,
  });
  const nemo = {
    provider: 'openrouter',
    id: 'mistralai/mistral-nemo',
    pricing: { input: 0.001, output: 0.001 },
  };

  test('shows changes, and writes them with --apply; a lower price only if it is confirmed', async () => {
    const cli = testCli();
    const path = cli.write('models.json', file([nemo]));
    const shown = await cli.run('catalogue', path);
    expect(shown.out).toContain('lower price');
    const openrouter = cli.path('config/llm/overlays/openrouter.json');
    await cli.run('catalogue', path, '--apply');
    expect(existsSync(openrouter)).toBe(false);
    await cli.run('catalogue', path, '--apply', '--lower-price', 'openrouter/mistralai/mistral-nemo');
    expect(readFileSync(openrouter, 'utf8')).toContain('friends');
  });

  test('a URL in the file, or a missing file, is a usage error with the reason', async () => {
    const cli = testCli();
    const path = cli.write('models.json', file([{ ...nemo, base: 'https://elsewhere.example' }]));
    const bad = await cli.run('catalogue', path);
    expect(bad.code).toBe(exitCodes.usage);
    expect(bad.err).toContain('base');
    expect((await cli.run('catalogue', cli.path('none.json'))).code).toBe(exitCodes.usage);
  });
});
