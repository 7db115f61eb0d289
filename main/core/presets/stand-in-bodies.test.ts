import { describe, expect, test } from 'vitest';
import { builtInModules, type Preset } from '../../../contract/module-preset.ts';
import { featuresOn } from '../__fixtures__/chat-core.ts';
import { testCore } from '../__fixtures__/test-core.ts';
import { dryRunOf } from './__fixtures__/request-of-preset.ts';

type Body = Record<string, unknown>;
const field = (body: unknown, ...names: string[]) =>
  names.reduce<unknown>((node, name) => (node as Body | undefined)?.[name], body);

/** What a vendor is known to refuse in a body, written independently of the rules. */
function refusedIn(model: string, url: string, body: Body): string[] {
  const has = (...names: string[]) => names.filter((name) => name in body);
  const out: string[] = [];
  if (/^claude-\w+-5-5$/.test(model)) {
    out.push(...has('temperature', 'top_p', 'top_k'));
    if (field(body, 'thinking', 'budget_tokens') !== undefined) out.push('a thinking budget');
    const off = field(body, 'thinking', 'type') === 'disabled';
    if (off && !model.includes('haiku')) out.push('disabled thinking');
    const choice = field(body, 'tool_choice', 'type');
    if (!model.includes('haiku') && ['tool', 'any'].includes(String(choice))) out.push('a forced tool');
  }
  if (/gpt-(5|6)/.test(model)) {
    out.push(...has('max_tokens', 'presence_penalty', 'frequency_penalty', 'logit_bias'));
    const effort = field(body, 'reasoning_effort');
    if (effort === 'minimal') out.push('effort minimal');
    if (model.includes('sol'))
      out.push(...has('temperature', 'top_p'), ...(effort === 'none' ? ['none'] : []));
    else if (effort !== 'none') out.push(...has('temperature', 'top_p'));
    if (url.includes('azure') && /deployments|api-version/.test(url)) out.push('a dated address');
  }
  if (model.startsWith('gemini-')) {
    const config = field(body, 'generationConfig') as Body | undefined;
    for (const name of ['presencePenalty', 'frequencyPenalty', 'temperature', 'topP', 'topK'])
      if (config && name in config) out.push(name);
    const thinking = field(config, 'thinkingConfig') as Body | undefined;
    if (thinking && 'thinkingLevel' in thinking && 'thinkingBudget' in thinking) out.push('level and budget');
    if (!model.includes('lite') && thinking?.['thinkingLevel'] === 'minimal') out.push('level minimal');
  }
  if (model === 'perplexity/sonar') out.push(...has('response_format', 'seed', 'stop', 'tools'));
  return out;
}

describe.each(builtInModules)('%s', (module) => {
  test('the replacement of a retired preset sends nothing that its model refuses, with and without a schema', async () => {
    const core = testCore({ now: '2026-11-29', files: { 'config/comfyvn.json': featuresOn } });
    const { modules } = (await core.ask('registry.get')).defaults;
    const ours = (modules[module]?.shortlist ?? []).filter(({ origin }) => origin !== 'shortlist-2024-10');
    expect(ours.length).toBeGreaterThan(5);
    for (const preset of ours)
      for (const overrides of [{}, { schema: null }]) {
        const { plan, warnings, dropped } = await dryRunOf(core, module, preset.id, overrides);
        expect(refusedIn(preset.model, plan.url, plan.body as Body), preset.id).toEqual([]);
        // Our presets do not rely on the rules: they set nothing that would be dropped.
        expect(dropped, preset.id).toEqual([]);
        expect(warnings, preset.id).toEqual([]);
      }
  });

  test('every provider of the shortlist has a model that stays, and the cheap modules reason least', async () => {
    for (const now of ['2026-12-01', '2027-01-15', '2027-05-16']) {
      const core = testCore({ now, files: { 'config/comfyvn.json': featuresOn } });
      const { shortlist } = (await core.ask('registry.get')).defaults.modules[module] as {
        shortlist: Preset[];
      };
      for (const provider of new Set(shortlist.map((preset) => preset.provider))) {
        const living = shortlist.filter((p) => p.provider === provider && p.lifecycle.status === 'active');
        expect(living.length, `${provider} on ${now}`).toBeGreaterThan(0);
      }
      if (module !== 'translate' && module !== 'battle_narration') continue;
      for (const { origin, model, options } of shortlist)
        if (origin === 'successor') expect([model, options['reasoning']]).toEqual([model, 'off']);
    }
  });
});
