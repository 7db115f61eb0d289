import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { RegistryFile } from '../../../contract/provider.ts';
import { comfyvnRegistry, testCore } from '../__fixtures__/test-core.ts';

const original = readFileSync(comfyvnRegistry);
const file = JSON.parse(original.toString('utf8')) as RegistryFile;
const env = { COMFYVN_LLM_REGISTRY: comfyvnRegistry };

describe("ComfyVN's own registry file, unchanged", () => {
  test('its three providers replace the built-in ones of the same name', async () => {
    const { providers } = await testCore({ env }).ask('registry.get');
    expect(file.providers.map((p) => p.name)).toEqual(['lmstudio_local', 'ollama_default', 'anthropic_api']);
    for (const text of file.providers) {
      const served = providers.filter((p) => p.name === text.name);
      expect(served).toHaveLength(1);
      expect(served[0]).toMatchObject({
        origin: 'comfyvn',
        adapter: text.adapter,
        base: text.base,
        metadata: text.metadata,
      });
      expect(served[0]?.kind).toBe(text.metadata?.['kind']);
      expect(served[0]?.models.map(({ id, label, tags, options }) => ({ id, label, tags, options }))).toEqual(
        text.models,
      );
    }
    expect(providers.find((p) => p.name === 'anthropic_api')?.settings).toEqual({
      anthropic_version: '2023-06-01',
    });
    expect(providers.find((p) => p.name === 'openai_public')?.origin).toBe('built-in');
    expect(providers).toHaveLength(9);
  });

  test('its four module defaults each take precedence; the others stay', async () => {
    const { defaults } = await testCore({ env }).ask('registry.get');
    const text = file.defaults?.modules ?? {};
    expect(Object.keys(text)).toEqual(['translate', 'worldbuild', 'persona', 'narrator']);
    for (const [name, module] of Object.entries(text))
      expect(defaults.modules[name], name).toMatchObject(module);
    expect([defaults.provider, defaults.model]).toEqual(['lmstudio_local', 'phi-3-mini-4k-instruct']);
    expect(defaults.modules['vn_chat']).toMatchObject({
      provider: 'openai_public',
      active_preset: 'vn-chat-11-openai-gpt-6.1-terra',
    });
    expect(defaults.modules['translate']?.schema).toBeDefined();
    expect(defaults.modules['translate']?.shortlist.length).toBeGreaterThanOrEqual(10);
  });

  test('the narrator’s retired model is used, with a warning that names its successor', async () => {
    const { warnings } = await testCore({ env }).ask('registry.get');
    expect(warnings).toEqual([
      expect.stringMatching(
        /comfyvn-registry\.json.*narrator.*claude-3-5-sonnet-20240620.*2025-10-28.*claude-sonnet-5-5/,
      ),
    ]);
  });

  test('its cloud provider needs the vendor’s key and a flag, although it has another name', async () => {
    const key = 'sk-ant-0123456789abcdef';
    const { ask } = testCore({ env: { ...env, ANTHROPIC_API_KEY: key } });
    const api = (await ask('registry.get')).providers.find((p) => p.name === 'anthropic_api');
    expect(api).toMatchObject({
      kind: 'cloud',
      enabled: false,
      credentials: { present: true, source: 'ANTHROPIC_API_KEY', last4: 'cdef' },
    });
    expect(api?.models[0]).toMatchObject({
      pricing: { input: expect.any(Number) },
      lifecycle: { status: 'retired', successor: 'claude-sonnet-5-5' },
    });
    expect(JSON.stringify(await ask('registry.get'))).not.toContain(key);
  });

  test('a call by module goes where the file says', async () => {
    const plan = await testCore({ env }).ask('chat.send', {
      module: 'persona',
      messages: [{ role: 'user', content: 'hi' }],
      dry_run: true,
    });
    expect(plan).toMatchObject({
      provider: 'ollama_default',
      model: 'nemotron-mini:latest',
      preset: null,
      options: { temperature: 0.7, top_p: 0.95, max_tokens: 512 },
    });
  });

  test('the panel never writes to it', async () => {
    const { ask } = testCore({ env });
    await ask('runtime.register', { id: 'mine', provider: 'anthropic_api' });
    await ask('features.set', { flag: 'enable_public_llm', enabled: true });
    await ask('settings.update', { theme: 'dark' });
    await ask('registry.refresh');
    expect(readFileSync(comfyvnRegistry)).toEqual(original);
  });
});

describe('a file of the same format', () => {
  const base = { name: 'box', adapter: 'lmstudio', base: 'http://127.0.0.1:9/v1', models: [{ id: 'm' }] };
  async function serve(content: unknown) {
    const made = testCore();
    made.env['COMFYVN_LLM_REGISTRY'] = made.write('registry.json', content);
    await made.ask('registry.refresh');
    return made;
  }

  test('may name modules as ComfyVN does: "Battle" and "chat" exist', async () => {
    const say = { provider: 'box', model: 'm' };
    const { ask } = await serve({
      providers: [base],
      defaults: { modules: { Battle: say, chat: say, 'Side Quest': say } },
    });
    const { modules } = (await ask('registry.get')).defaults;
    expect([modules['battle_narration']?.provider, modules['vn_chat']?.provider]).toEqual(['box', 'box']);
    for (const name of ['battle', 'Chat', 'side-quest', 'Side Quest']) {
      const plan = await ask('chat.send', {
        module: name,
        messages: [{ role: 'user', content: 'hi' }],
        dry_run: true,
      });
      expect(plan.provider, name).toBe('box');
    }
  });

  test('with a default that names an unknown provider gives a warning at start, not at the first call', async () => {
    const { ask } = await serve({
      providers: [base],
      defaults: { provider: 'bax', model: 'm', modules: { narrator: { provider: 'bix', model: 'm' } } },
    });
    const { warnings } = await ask('registry.get');
    expect(warnings.filter((w) => /"b[ai]x"/.test(w)).map((w) => /defaults\.[\w.]+/.exec(w)?.[0])).toEqual([
      'defaults.provider',
      'defaults.modules.narrator.provider',
    ]);
  });

  test('with a byte order mark, comment keys and unknown fields can be read', async () => {
    const { ask } = await serve(
      `\uFEFF${JSON.stringify({ _comment: 'x', providers: [{ ...base, extra: 1 }], schema_version: 3 })}`,
    );
    expect((await ask('registry.get')).providers.find((p) => p.name === 'box')).toBeDefined();
  });
});
