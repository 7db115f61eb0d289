import { describe, expect, test } from 'vitest';
import { testCore } from '../__fixtures__/test-core.ts';

const messages = [{ role: 'user', content: 'hi' }];
const modelOf = async ({ ask }: ReturnType<typeof testCore>, provider: string, id: string) =>
  (await ask('registry.get')).providers.find((p) => p.name === provider)?.models.find((m) => m.id === id);

describe('a model is retired on its recorded day', () => {
  test('it is deprecated until the last millisecond of the day before', async () => {
    const made = testCore({ now: '2027-01-13T23:59:59.999Z' });
    expect((await modelOf(made, 'openai_public', 'gpt-4o'))?.lifecycle).toMatchObject({
      status: 'deprecated',
      shutdown: '2027-01-14',
      successor: 'gpt-6-luna',
    });
    made.clock.advance(1);
    expect((await modelOf(made, 'openai_public', 'gpt-4o'))?.lifecycle).toMatchObject({
      status: 'retired',
      shutdown: '2027-01-14',
      successor: 'gpt-6-luna',
    });
  });

  test('a model that was retired long ago or never released has its source and date', async () => {
    const made = testCore();
    expect(await modelOf(made, 'google_gemini', 'gemini-1.5-pro')).toMatchObject({
      lifecycle: {
        status: 'retired',
        shutdown: '2025-09-24',
        source: expect.stringMatching(/\w/),
        as_of: '2025-09-24',
      },
    });
    expect(await modelOf(made, 'google_gemini', 'gemini-1.5-ultra')).toMatchObject({
      wire_id: null,
      lifecycle: { status: 'never_released' },
    });
  });

  test('an unlisted local model is active, an unlisted cloud model unknown', async () => {
    const { ask } = testCore();
    const status = async (provider: string) =>
      (
        (await ask('chat.send', { provider, model: 'nobody-heard-of', messages, dry_run: true })) as {
          lifecycle: { status: string };
        }
      ).lifecycle.status;
    expect([await status('lmstudio_local'), await status('openai_public')]).toEqual(['active', 'unknown']);
  });
});

describe('OpenAI defaults are replaced as soon as their retirement is announced', () => {
  const moving: [string, string, string][] = [
    ['translate', 'translate-01-openai-gpt-4.1-mini', 'translate-11-openai-gpt-6-luna'],
    ['vn_chat', 'vn-chat-01-openai-gpt-4o', 'vn-chat-11-openai-gpt-6.1-terra'],
    ['narrator', 'narrator-01-openai-gpt-4.1', 'narrator-11-openai-gpt-6.1-terra'],
    ['worldbuild', 'worldbuild-01-openai-gpt-4.1', 'worldbuild-11-openai-gpt-6.1-terra'],
    ['battle_narration', 'battle-narration-01-openai-gpt-4o', 'battle-narration-11-openai-gpt-6-luna'],
  ];
  test('with a notice on the module while the old model still answers, and a warning afterwards', async () => {
    const { ask, clock } = testCore({ now: '2027-01-13' });
    const before = await ask('registry.get');
    clock.set('2027-01-14');
    const after = await ask('registry.get');
    for (const [module, from, to] of moving) {
      const [early, late] = [before, after].map(({ defaults }) => defaults.modules[module]);
      expect(early).toMatchObject({ active_preset: to, provider: 'openai_public' });
      expect(early?.moved).toMatch(/is deprecated and ends on 2027-01-14/);
      expect(late).toMatchObject({ active_preset: to });
      expect(late?.moved).toMatch(/is gone since 2027-01-14/);
      expect(late?.moved).toContain(from);
      expect(after.warnings.join()).toContain(to);
    }
    expect(before.warnings).toEqual([]);
    expect(after.defaults.modules['persona']).toMatchObject({
      active_preset: 'persona-01-ollama-mistral-nemo-12b',
      moved: null,
    });
  });

  test('a call has the successor’s own options and a warning', async () => {
    const { ask } = testCore({ now: '2026-11-29' });
    const plan = await ask('chat.send', { module: 'narrator', messages, dry_run: true });
    expect(plan).toMatchObject({
      model: 'gpt-6.1-terra',
      preset: 'narrator-11-openai-gpt-6.1-terra',
      lifecycle: { status: 'active' },
    });
    expect(plan.warnings).toContainEqual(
      expect.stringContaining('narrator now uses narrator-11-openai-gpt-6.1-terra'),
    );
  });

  test('the user’s own choice, or an edited default, is used until its model is retired', async () => {
    const { ask, clock } = testCore({ now: '2026-11-29' });
    const id = 'translate-02-openai-gpt-4o-mini';
    await ask('presets.activate', { module: 'translate', id });
    await ask('presets.update', {
      module: 'narrator',
      id: 'narrator-01-openai-gpt-4.1',
      set: { options: { temperature: 0.5 } },
    });
    const { modules } = (await ask('registry.get')).defaults;
    expect(modules['translate']).toMatchObject({ active_preset: id, moved: null });
    expect(modules['narrator']).toMatchObject({ active_preset: 'narrator-01-openai-gpt-4.1', moved: null });
    clock.set('2027-01-14');
    const late = (await ask('registry.get')).defaults.modules;
    expect(late['translate']?.active_preset).toBe('translate-12-openai-gpt-6-luna');
    expect(late['narrator']?.active_preset).toBe('narrator-11-openai-gpt-6.1-terra');
  });

  test('no built-in default is a retired model', async () => {
    for (const now of ['2026-11-22', '2027-01-14', '2027-06-01']) {
      const { defaults } = await testCore({ now }).ask('registry.get');
      for (const [name, module] of Object.entries(defaults.modules)) {
        const active = module.shortlist.find((p) => p.id === module.active_preset);
        expect(active?.lifecycle.status, `${name} on ${now}`).toMatch(/^(active|deprecated|unknown)$/);
      }
    }
  });
});

describe('a retired model', () => {
  const call = { provider: 'openai_public', model: 'gpt-4o', messages };
  const on = {
    files: { 'config/comfyvn.json': { features: { enable_public_llm: true } } },
    env: { OPENAI_API_KEY: 'sk-0123456789abcdef' },
  };

  test('is refused live with its successor’s name, and planned in a dry run with a warning', async () => {
    const { refusal, ask } = testCore({ now: '2027-01-14', ...on });
    expect(await refusal('chat.send', call)).toMatchObject({
      code: 'model_retired',
      message: expect.stringContaining('gpt-6-luna'),
      details: { successor: 'gpt-6-luna' },
    });
    const plan = await ask('chat.send', { ...call, dry_run: true });
    expect(plan.warnings).toContainEqual(expect.stringContaining('gpt-4o was retired on 2027-01-14'));
  });

  test('named by a preset is refused with the name of the preset that replaces it', async () => {
    const { refusal } = testCore({ now: '2027-01-14', ...on });
    const error = await refusal('chat.send', {
      module: 'narrator',
      preset: 'narrator-02-openai-gpt-4o',
      messages,
    });
    expect(error.details).toMatchObject({ successor_preset: 'narrator-12-openai-gpt-6.1-terra' });
  });
});
