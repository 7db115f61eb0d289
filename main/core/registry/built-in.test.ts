import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { builtInModules } from '../../../contract/module-preset.ts';
import { registryView } from '../../../contract/operations/registry.ts';
import { appRoot, temporaryFolder, testCore } from '../__fixtures__/test-core.ts';

test('the built-in registry is served completely, and fits its own contract', async () => {
  const { ask } = testCore();
  const view = await ask('registry.get');
  expect(registryView.safeParse(view).error).toBeUndefined();
  expect(view.providers.map((p) => [p.name, p.kind, p.enabled, p.origin])).toEqual([
    ['anthropic_public', 'cloud', false, 'built-in'],
    ['azure_openai', 'cloud', false, 'built-in'],
    ['google_gemini', 'cloud', false, 'built-in'],
    ['lmstudio_local', 'local', true, 'built-in'],
    ['ollama_default', 'local', true, 'built-in'],
    ['openai_public', 'cloud', false, 'built-in'],
    ['openrouter', 'cloud', false, 'built-in'],
    ['stub', 'stub', true, 'built-in'],
  ]);
  expect(Object.keys(view.defaults.modules).sort()).toEqual([...builtInModules].sort());
  expect([view.defaults.provider, view.defaults.model]).toEqual(['stub', 'stub-echo']);
  expect(view.warnings).toEqual([]);
});

test('base and base_url have the same value, as ComfyVN reads the former', async () => {
  const { ask } = testCore({ env: { COMFYVN_LLM_OLLAMA_DEFAULT_BASE_URL: 'http://10.0.0.5:11434/' } });
  const { providers } = await ask('registry.get');
  for (const provider of providers) expect(provider.base_url, provider.name).toBe(provider.base);
  expect(providers.find((p) => p.name === 'ollama_default')?.base).toBe('http://10.0.0.5:11434');
});

test('every shortlist has its ten presets in the original order, with the lifecycle of each model', async () => {
  const { modules } = (await testCore().ask('registry.get')).defaults;
  for (const name of ['translate', 'vn_chat', 'narrator', 'worldbuild', 'battle_narration']) {
    const shortlist = modules[name]?.shortlist ?? [];
    expect(shortlist.slice(0, 10).map((p) => p.rank)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(
      shortlist.slice(0, 10).every((p) => p.origin === 'shortlist-2024-10'),
      name,
    ).toBe(true);
    for (const preset of shortlist)
      expect(preset.lifecycle.status, preset.id).toMatch(
        /^(active|deprecated|retired|never_released|unknown)$/,
      );
  }
});

test('a damaged installation does not start with a partial registry', () => {
  const broken = temporaryFolder();
  cpSync(join(appRoot, 'registry'), join(broken, 'registry'), { recursive: true });
  writeFileSync(join(broken, 'registry', 'providers', 'stub.json'), '{"name": "stub"');
  expect(() => testCore({ appRoot: broken })).toThrow('stub.json');
  rmSync(join(broken, 'registry', 'lifecycle.json'));
  rmSync(join(broken, 'registry', 'providers', 'stub.json'));
  expect(() => testCore({ appRoot: broken })).toThrow('lifecycle.json: is missing from the installation');
});
