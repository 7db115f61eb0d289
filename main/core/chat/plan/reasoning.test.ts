import { describe, expect, test } from 'vitest';
import type { DryRunAnswer } from '../../../../contract/chat.ts';
import { reasoningLevels } from '../../../../contract/rule-book.ts';
import { hello, sharedChat } from '../../__fixtures__/chat-core.ts';

const shared = sharedChat();
const plan = async (provider: string, model: string, params: object): Promise<DryRunAnswer> =>
  (await shared.core.ask('chat.send', {
    provider,
    model,
    params,
    messages: hello,
    dry_run: true,
  })) as DryRunAnswer;

/** The fields of a body that set the amount of reasoning. */
function thinkingIn(body: unknown): unknown {
  const all = body as Record<string, unknown>;
  const config = all['generationConfig'] as Record<string, unknown> | undefined;
  const { reasoning_effort, reasoning, thinking, think } = all;
  const effort = (all['output_config'] as Record<string, unknown> | undefined)?.['effort'];
  const text = {
    reasoning_effort,
    reasoning,
    thinking,
    think,
    effort,
    ...(config?.['thinkingConfig'] as object),
  };
  return Object.fromEntries(Object.entries(text).filter(([, value]) => value !== undefined));
}

const disabled = { thinking: { type: 'disabled' } };
const adaptive = { thinking: { type: 'adaptive' } };
const budget = (budget_tokens: number) => ({ thinking: { type: 'enabled', budget_tokens } });
const effort = (value: string) => ({ effort: value });
const openAi = (value: string) => ({ reasoning_effort: value });
const routed = (value: string) => ({ reasoning: { effort: value } });
const think = (value: string) => ({ thinkingLevel: value });

describe('a reasoning level becomes what each model takes', () => {
  test.each<[provider: string, model: string, levels: object[]]>([
    // off, minimal, low, medium, high, max
    ['openai_public', 'gpt-6-luna', ['none', 'low', 'low', 'medium', 'high', 'max'].map(openAi)],
    ['openai_public', 'gpt-6.1-terra', ['none', 'low', 'low', 'medium', 'high', 'max'].map(openAi)],
    ['openai_public', 'gpt-6.2-sol', ['low', 'low', 'low', 'medium', 'high', 'max'].map(openAi)],
    ['openai_public', 'gpt-5.1', ['none', 'low', 'low', 'medium', 'high', 'high'].map(openAi)],
    ['openai_public', 'gpt-5-mini', ['minimal', 'minimal', 'low', 'medium', 'high', 'high'].map(openAi)],
    ['openai_public', 'o3', ['low', 'low', 'low', 'medium', 'high', 'high'].map(openAi)],
    ['azure_openai', 'gpt-6-luna', ['none', 'low', 'low', 'medium', 'high', 'max'].map(openAi)],
    [
      'anthropic_public',
      'claude-haiku-5-5',
      [disabled, ...['low', 'low', 'medium', 'high', 'max'].map(effort)],
    ],
    [
      'anthropic_public',
      'claude-sonnet-5-5',
      [{ thinking: { type: 'between_tools' } }, ...['low', 'low', 'medium', 'high', 'max'].map(effort)],
    ],
    ['anthropic_public', 'claude-opus-5-5', ['low', 'low', 'low', 'medium', 'high', 'max'].map(effort)],
    [
      'anthropic_public',
      'claude-sonnet-4-6',
      [disabled, ...['low', 'low', 'medium', 'high', 'max'].map((e) => ({ ...adaptive, ...effort(e) }))],
    ],
    ['anthropic_public', 'claude-haiku-4-5', [disabled, ...[1024, 2048, 8192, 16384, 32000].map(budget)]],
    ['google_gemini', 'gemini-3.8-flash', ['low', 'low', 'low', 'medium', 'high', 'high'].map(think)],
    [
      'google_gemini',
      'gemini-3.5-flash-lite',
      ['minimal', 'minimal', 'low', 'medium', 'high', 'high'].map(think),
    ],
    ['google_gemini', 'gemini-4-hydrogen', ['low', 'low', 'low', 'medium', 'high', 'xhigh'].map(think)],
    ['google_gemini', 'gemini-4-argon', ['low', 'low', 'low', 'medium', 'high', 'high'].map(think)],
    [
      'google_gemini',
      'gemini-2.5-flash',
      [0, 512, 1024, 8192, 24576, 24576].map((thinkingBudget) => ({ thinkingBudget })),
    ],
    ['openrouter', 'openai/gpt-6-luna', ['none', 'low', 'low', 'medium', 'high', 'max'].map(routed)],
    ['openrouter', 'anthropic/claude-opus-5.5', ['low', 'low', 'low', 'medium', 'high', 'high'].map(routed)],
    [
      'openrouter',
      'deepseek/deepseek-v4.1-flash-1017',
      ['none', 'low', 'low', 'high', 'high', 'max'].map(routed),
    ],
    [
      'ollama_default',
      'gemma4:26b',
      [{ think: false }, ...Array.from({ length: 5 }, () => ({ think: true }))],
    ],
  ])('%s/%s', async (provider, model, levels) => {
    for (const [at, reasoning] of reasoningLevels.entries()) {
      const answer = await plan(provider, model, { reasoning, max_tokens: 40_000 });
      expect(thinkingIn(answer.plan.body), reasoning).toEqual(levels[at]);
      expect(answer.applied).toContain('reasoning');
      expect(answer.rewritten).toContainEqual(expect.objectContaining({ from: { reasoning } }));
      expect(answer.plan.body).not.toHaveProperty('reasoning', reasoning);
    }
  });
});

describe('a level that a model lacks is reported, and nothing is sent for it', () => {
  test.each([
    ['openai_public', 'gpt-4o'],
    ['google_gemini', 'gemini-1.5-pro'],
    ['anthropic_public', 'claude-3-haiku-20240307'],
    ['ollama_default', 'mistral:latest'],
  ])('%s/%s does not reason: off is applied, a higher level is not', async (provider, model) => {
    const off = await plan(provider, model, { reasoning: 'off' });
    expect([thinkingIn(off.plan.body), off.dropped]).toEqual([{}, []]);
    expect(off.applied).toContain('reasoning');
    const high = await plan(provider, model, { reasoning: 'high' });
    expect([thinkingIn(high.plan.body), high.dropped.map(({ param }) => param)]).toEqual([{}, ['reasoning']]);
  });

  test('an unknown model, and an unknown level', async () => {
    const unknown = await plan('lmstudio_local', 'some-model', { reasoning: 'low' });
    expect(unknown.dropped).toMatchObject([
      { param: 'reasoning', reason: expect.stringContaining('own field') },
    ]);
    const typo = await plan('openai_public', 'gpt-6-luna', { reasoning: 'hihg' });
    expect(typo.dropped).toMatchObject([
      { param: 'reasoning', reason: expect.stringContaining('off, minimal, low, medium, high, max') },
    ]);
  });

  test('a thinking budget stays below max_tokens, and is left out where there is no room for one', async () => {
    const tight = await plan('anthropic_public', 'claude-haiku-4-5', { reasoning: 'high', max_tokens: 5000 });
    expect(thinkingIn(tight.plan.body)).toEqual(budget(2500));
    const none = await plan('anthropic_public', 'claude-haiku-4-5', { reasoning: 'high', max_tokens: 700 });
    expect(thinkingIn(none.plan.body)).toEqual({});
    expect(none.dropped[0]?.reason).toContain('no room');
  });
});

describe('beside the provider’s own field', () => {
  test('the later one wins: the caller’s over the model’s options', async () => {
    // The registry's own option for this model is reasoning: off.
    const native = await plan('openai_public', 'gpt-6-luna', { reasoning_effort: 'high' });
    expect(thinkingIn(native.plan.body)).toEqual(openAi('high'));
    expect(native.dropped).toMatchObject([
      { param: 'reasoning', reason: expect.stringContaining('reasoning_effort') },
    ]);
    const neutral = await plan('openai_public', 'gpt-4.1', { reasoning_effort: 'high', reasoning: 'off' });
    expect(thinkingIn(neutral.plan.body)).toEqual({});
  });

  test('an object is OpenRouter’s own field, and is passed on', async () => {
    const model = 'deepseek/deepseek-v4.1-flash-1017';
    const { plan: sent } = await plan('openrouter', model, { reasoning: { max_tokens: 500 } });
    expect(sent.body).toMatchObject({ reasoning: { max_tokens: 500 } });
  });

  test('turning reasoning off allows sampling parameters, as the native field does', async () => {
    for (const [provider, model] of [
      ['openai_public', 'gpt-6.1-terra'],
      ['openrouter', 'openai/gpt-6.1-terra'],
    ] as const) {
      const off = await plan(provider, model, { reasoning: 'off', temperature: 0.5 });
      expect(off.plan.body).toMatchObject({ temperature: 0.5 });
      const low = await plan(provider, model, { reasoning: 'low', temperature: 0.5 });
      expect(low.dropped.map(({ param }) => param)).toEqual(['temperature']);
    }
  });
});
