import { describe, expect, test } from 'vitest';
import { builtInModules, type Preset } from '../../../contract/module-preset.ts';
import { featuresOn, providerEnv } from '../__fixtures__/chat-core.ts';
import { testCore } from '../__fixtures__/test-core.ts';
import { dryRunOf, requestOfPreset } from './__fixtures__/request-of-preset.ts';

const on = { files: { 'config/comfyvn.json': featuresOn } };
const made = () => testCore(on);

/** The value at a JSON pointer. */
function at(body: unknown, pointer: string): unknown {
  const names = pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  return names.reduce<unknown>((node, name) => (node as Record<string, unknown> | undefined)?.[name], body);
}

/** Our own settings, which protocols write differently: the request does not contain the value itself. */
const inOtherWords = new Set(['structured_output', 'schema']);

describe.each(builtInModules)('%s: every preset plans, and every option is applied or reported', (module) => {
  test('in its dry run', async () => {
    const core = made();
    const { shortlist } = (await core.ask('registry.get')).defaults.modules[module] as {
      shortlist: Preset[];
    };
    for (const preset of shortlist) {
      const { plan, carried } = await requestOfPreset(core, module, preset);
      expect(plan, preset.id).toMatchObject({
        provider: preset.provider,
        model: preset.model,
        preset: preset.id,
      });
      const listed = [
        ...Object.keys(preset.options),
        ...Object.keys({ ...preset.provider_options?.query, ...preset.provider_options?.headers }),
      ];
      expect(
        carried.map(({ param }) => param),
        preset.id,
      ).toEqual(expect.arrayContaining(listed));
      for (const { param, value, places, dropped } of carried) {
        expect(
          places.length > 0 || dropped !== undefined,
          `${preset.id}: ${param} is neither on the wire nor reported as dropped`,
        ).toBe(true);
        const reported = plan.rewritten.some(({ path }) =>
          places.some((location) => path === location || path.startsWith(`${location}/`)),
        );
        if (inOtherWords.has(param) || reported) continue;
        for (const location of places.filter((p) => p.startsWith('/')))
          expect(at(plan.plan.body, location), `${preset.id}: ${param}`).toEqual(value);
      }
      const gone = ['retired', 'never_released'].includes(preset.lifecycle.status);
      expect(
        plan.warnings.some((w) => /was retired|was never released/.test(w)),
        preset.id,
      ).toBe(gone);
    }
  });
});

type Extra = [what: string, module: string, preset: string, pointer: string, value: unknown];
const blockOnlyHigh = (category: string) => ({
  category: `HARM_CATEGORY_${category}`,
  threshold: 'BLOCK_ONLY_HIGH',
});
const safety = ['HARASSMENT', 'HATE_SPEECH', 'SEXUALLY_EXPLICIT', 'DANGEROUS_CONTENT'].map(blockOnlyHigh);
const forcedTool = expect.objectContaining({ type: 'tool', name: 'reply_in_json' }) as unknown;

describe('each extra option of the lists is in the request where its provider reads it', () => {
  test.each<Extra>([
    ['presence_penalty 0.6', 'narrator', 'narrator-02-openai-gpt-4o', '/presence_penalty', 0.6],
    [
      'frequency_penalty 0.2',
      'battle_narration',
      'battle-narration-02-openai-gpt-4.1',
      '/frequency_penalty',
      0.2,
    ],
    ['max_tokens 2048', 'worldbuild', 'worldbuild-02-openai-gpt-4o', '/max_tokens', 2048],
    [
      'thinking disabled',
      'translate',
      'translate-03-anthropic-claude-3-haiku-20240307',
      '/thinking',
      { type: 'disabled' },
    ],
    [
      'thinking disabled',
      'narrator',
      'narrator-04-anthropic-claude-3.5-opus-20240808',
      '/thinking/type',
      'disabled',
    ],
    [
      'JSON blocks enforced',
      'translate',
      'translate-03-anthropic-claude-3-haiku-20240307',
      '/tool_choice',
      forcedTool,
    ],
    [
      'tool schema required',
      'worldbuild',
      'worldbuild-04-anthropic-claude-3.5-sonnet',
      '/tool_choice',
      forcedTool,
    ],
    [
      'tool schema required',
      'worldbuild',
      'worldbuild-04-anthropic-claude-3.5-sonnet',
      '/tools/0/input_schema/required',
      ['regions', 'factions', 'hooks'],
    ],
    [
      'response_mime_type',
      'translate',
      'translate-05-gemini-gemini-1.5-flash',
      '/generationConfig/responseMimeType',
      'application/json',
    ],
    [
      'response_mime_type',
      'narrator',
      'narrator-06-gemini-gemini-1.5-pro',
      '/generationConfig/responseMimeType',
      'application/json',
    ],
    ['safety tuning', 'vn_chat', 'vn-chat-06-gemini-gemini-1.5-pro', '/safetySettings', safety],
    [
      'arrays for biomes',
      'worldbuild',
      'worldbuild-06-gemini-gemini-1.5-pro',
      '/generationConfig/responseJsonSchema/properties/biomes/type',
      'array',
    ],
    [
      'arrays for events',
      'worldbuild',
      'worldbuild-06-gemini-gemini-1.5-pro',
      '/generationConfig/responseJsonSchema/properties/events/type',
      'array',
    ],
    [
      'a schema of language and translation',
      'translate',
      'translate-01-openai-gpt-4.1-mini',
      '/response_format/json_schema/schema/required',
      ['detected_language', 'translation'],
    ],
    [
      'an object with narration',
      'narrator',
      'narrator-01-openai-gpt-4.1',
      '/response_format/json_schema/schema/required',
      ['narration'],
    ],
    [
      'a schema of summary and hooks',
      'battle_narration',
      'battle-narration-01-openai-gpt-4o',
      '/response_format/json_schema/schema/properties/next_hooks/type',
      'array',
    ],
  ])('%s in %s by %s: %s', async (_what, module, preset, pointer, value) => {
    const { plan } = await dryRunOf(made(), module, preset);
    expect(at(plan.body, pointer)).toEqual(value);
  });

  test('api-version 2024-06-01 in the query', async () => {
    const { plan } = await dryRunOf(made(), 'translate', 'translate-07-azure-gpt-4o-mini');
    expect(new URL(plan.url).searchParams.get('api-version')).toBe('2024-06-01');
    expect(new URL(plan.url).pathname).toBe('/openai/deployments/gpt-4o-mini/chat/completions');
  });

  test('X-Title in the headers', async () => {
    const { plan } = await dryRunOf(made(), 'translate', 'translate-09-openrouter-gemini-flash-1.5');
    expect(plan.headers['x-title']).toBe('ComfyVN LLM Panel');
  });
});

describe('a preset whose model is retired', () => {
  const nowhere = 'http://127.0.0.1:9';
  const messages = [{ role: 'user', content: 'hi' }];

  test.each(builtInModules)(
    'is refused live with the name and preset of its successor, in %s',
    async (module) => {
      const core = testCore({ ...on, env: providerEnv(nowhere) });
      const { shortlist } = (await core.ask('registry.get')).defaults.modules[module] as {
        shortlist: Preset[];
      };
      for (const preset of shortlist.filter(({ lifecycle }) =>
        ['retired', 'never_released'].includes(lifecycle.status),
      )) {
        const standIn = shortlist.find(({ replaces }) => replaces === preset.id);
        const error = await core.refusal('chat.send', { module, preset: preset.id, messages });
        expect(error, preset.id).toMatchObject({
          code: 'model_retired',
          details: { successor: standIn?.model, successor_preset: standIn?.id },
        });
        expect(error.message).toContain(standIn?.model);
        expect(error.message).toContain(standIn?.id);
        expect((await dryRunOf(core, module, preset.id)).warnings.join()).toContain(standIn?.model);
      }
    },
  );
});

test('from today on no built-in default is a deprecated model: each is replaced, with a notice', async () => {
  const moved: Record<string, string> = {
    translate: 'gpt-6-luna',
    vn_chat: 'gpt-6.1-terra',
    narrator: 'gpt-6.1-terra',
    worldbuild: 'gpt-6.1-terra',
    battle_narration: 'gpt-6-luna',
  };
  for (const now of ['2026-11-29', '2026-12-01', '2027-01-15', '2027-05-16']) {
    const { modules } = (await testCore({ ...on, now }).ask('registry.get')).defaults;
    for (const name of builtInModules) {
      const { active_preset: id, model, moved: why, shortlist } = modules[name]!;
      const active = shortlist.find((preset) => preset.id === id);
      expect(active?.lifecycle.status, `${name} on ${now}`).toBe('active');
      expect(model).toBe(moved[name] ?? active?.model);
      if (!moved[name]) expect(why).toBeNull();
      else {
        expect(active?.replaces).toBe(shortlist.find(({ rank }) => rank === 1)?.id);
        expect(why).toContain(shortlist.find(({ rank }) => rank === 1)?.model);
        expect(why).toContain(id);
      }
    }
  }
});
