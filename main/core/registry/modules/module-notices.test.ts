import { describe, expect, test } from 'vitest';
import { builtInModules } from '../../../../contract/module-preset.ts';
import { appRoot, testCore } from '../../__fixtures__/test-core.ts';
import { Redactor } from '../../lib/redact.ts';
import { buildRegistry, type Registry } from '../build-registry.ts';
import { activePreset, presetLifecycle } from '../active-preset.ts';
import { moduleNotices } from './module-notices.ts';

function registryWith(files: Record<string, unknown> = {}, env: Record<string, string> = {}): Registry {
  const made = testCore({ files });
  return buildRegistry({ appRoot, runtimeRoot: made.root, env, redactor: new Redactor(), now: 0 });
}

const on = (registry: Registry, module: string, today: string) =>
  moduleNotices(registry, registry.modules.get(module)!, today);
const pin = (module: string, active: string) => ({
  [`config/llm/presets/${module}.json`]: { version: 1, active, presets: [], edits: {} },
});

describe('a module announces changes in advance', () => {
  test('a replaced default has a notice from the day its retirement was announced', () => {
    const registry = registryWith();
    for (const module of ['translate', 'vn_chat', 'narrator', 'worldbuild', 'battle_narration']) {
      const [moved] = on(registry, module, '2026-11-29');
      expect(moved).toMatchObject({ kind: 'moved', tone: 'info' });
      expect(moved?.text).toContain('ends on 2027-01-14');
    }
    expect(on(registry, 'persona', '2026-11-29')).toEqual([]);
  });

  test.each(['2026-12-01', '2027-01-15', '2027-05-16'])(
    'on %s the default of every module is available',
    (day) => {
      const registry = registryWith();
      for (const name of builtInModules) {
        const active = activePreset(registry, registry.modules.get(name)!, day);
        expect(active && presetLifecycle(registry, active.preset, day).status, name).toBe('active');
      }
    },
  );

  test('a user’s choice with a retirement date has a notice with the date and the successor, and a warning in its last month', () => {
    const registry = registryWith(pin('vn_chat', 'vn-chat-02-openai-gpt-4.1'));
    const ending =
      'gpt-4.1 ends on 2027-01-14 (in 46 days); then vn-chat-12-openai-gpt-6.1-terra (gpt-6.1-terra) serves vn_chat';
    expect(on(registry, 'vn_chat', '2026-11-29')).toEqual([
      {
        kind: 'ends',
        tone: 'info',
        text: ending,
        warning: {
          code: 'model_ends',
          message: ending,
          values: {
            model: 'gpt-4.1',
            date: '2027-01-14',
            days: 46,
            module: 'vn_chat',
            preset: 'vn-chat-12-openai-gpt-6.1-terra',
            heir: 'gpt-6.1-terra',
          },
        },
        date: '2027-01-14',
        preset: 'vn-chat-02-openai-gpt-4.1',
      },
    ]);
    expect(on(registry, 'vn_chat', '2027-01-01')[0]).toMatchObject({ kind: 'ends', tone: 'warn' });
    expect(on(registry, 'vn_chat', '2027-01-13')[0]?.text).toContain('tomorrow');
    expect(on(registry, 'vn_chat', '2027-01-15')[0]).toMatchObject({ kind: 'moved', tone: 'warn' });
  });

  test('a retirement is announced 60 days before it, and not a day earlier', () => {
    const registry = registryWith(pin('vn_chat', 'vn-chat-02-openai-gpt-4.1'));
    expect(on(registry, 'vn_chat', '2026-11-14')).toEqual([]);
    expect(on(registry, 'vn_chat', '2026-11-15')).toMatchObject([{ kind: 'ends', date: '2027-01-14' }]);
  });

  test('where sources differ about the retirement date, the earliest counts', () => {
    const registry = registryWith(pin('vn_chat', 'vn-chat-07-azure-gpt-4o'));
    const kinds = (day: string) => on(registry, 'vn_chat', day).map(({ kind }) => kind);
    expect(kinds('2026-08-01')).not.toContain('ends');
    expect(kinds('2026-08-02')).toContain('ends');
  });

  test('no chosen preset is retired without a notice in advance', () => {
    const plain = registryWith();
    for (const name of builtInModules)
      for (const preset of plain.modules.get(name)!.shortlist) {
        const { shutdown } = presetLifecycle(plain, preset, '2026-11-29');
        if (!shutdown || shutdown <= '2026-11-29') continue;
        const month = new Date(Date.parse(shutdown) - 30 * 86_400_000).toISOString().slice(0, 10);
        const notices = on(registryWith(pin(name, preset.id)), name, month);
        expect(notices, preset.id).toContainEqual(expect.objectContaining({ kind: 'ends', tone: 'warn' }));
      }
  });

  test('a notice names both sources where they differ about the date', () => {
    const notices = on(registryWith(pin('vn_chat', 'vn-chat-07-azure-gpt-4o')), 'vn_chat', '2026-11-29');
    const differ = notices.find(({ kind }) => kind === 'sources_differ');
    expect(differ?.text).toContain('2026-10-01');
    expect(differ?.text).toContain('2027-04-14');
    expect(notices.find(({ kind }) => kind === 'ends')?.text).toContain('vn-chat-17-azure-gpt-6.1-terra');
  });

  test('a price change is announced with both prices, until it takes effect', () => {
    const registry = registryWith(pin('translate', 'translate-16-gemini-gemini-3.8-flash'));
    expect(on(registry, 'translate', '2026-12-31')).toMatchObject([
      { kind: 'price_changes', date: '2027-01-01', text: expect.stringContaining('1.5 / 7.5') },
    ]);
    expect(on(registry, 'translate', '2027-01-01')).toEqual([]);
  });

  test('a default from ComfyVN’s file is used as it is, and its retirement announced', () => {
    const registry = registryWith();
    const module = registry.modules.get('narrator')!;
    const override = { provider: 'openai_public', model: 'gpt-4o', options: {} };
    expect(moduleNotices(registry, { ...module, override }, '2027-01-01')).toMatchObject([
      { kind: 'override_ends', tone: 'warn', text: expect.stringContaining('gpt-6-luna') },
    ]);
  });
});

describe('another provider takes over only where a call to it could succeed', () => {
  const only = (registry: Registry, ids: string[]) => {
    const module = registry.modules.get('translate')!;
    return { ...module, shortlist: module.shortlist.filter(({ id }) => ids.includes(id)) };
  };
  const openAi = 'translate-01-openai-gpt-4.1-mini';
  const claude = 'translate-13-anthropic-claude-haiku-5-5';

  test('a deprecated model stays while no other is usable, and the notice says so', () => {
    const registry = registryWith();
    const module = only(registry, [openAi, claude]);
    const stays = activePreset(registry, module, '2026-11-29');
    expect(stays).toMatchObject({ preset: { id: openAi }, gone: false });
    expect(stays?.moved?.message).toContain('no other preset of translate can take its place');
    expect(activePreset(registry, module, '2026-11-29', () => true)?.preset.id).toBe(claude);
    expect(activePreset(registry, module, '2027-02-01')).toMatchObject({
      preset: { id: openAi },
      gone: true,
    });
  });

  test('flags and keys decide which providers are usable', async () => {
    const ids = ['translate-02-openai-gpt-4o-mini', claude];
    const env = { ANTHROPIC_API_KEY: 'sk-ant-0123456789abcdef' };
    const features = { enable_llm_anthropic: true };
    const made = testCore({ env, files: { 'config/comfyvn.json': { features } }, now: '2026-11-29' });
    // Puts every other OpenAI preset on the retiring model, so that no preset of that provider remains.
    const { modules } = (await made.ask('registry.get')).defaults;
    for (const { id, provider } of modules['translate']?.shortlist ?? [])
      if (provider === 'openai_public' && !ids.includes(id) && id !== openAi)
        await made.ask('presets.update', { module: 'translate', id, set: { model: 'gpt-4o' } });
    const after = (await made.ask('registry.get')).defaults.modules['translate'];
    expect(after).toMatchObject({ active_preset: claude, provider: 'anthropic_public' });
    expect(after?.moved).toContain(openAi);
  });
});
