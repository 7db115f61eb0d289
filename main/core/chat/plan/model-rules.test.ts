import { describe, expect, test } from 'vitest';
import type { DryRunAnswer } from '../../../../contract/chat.ts';
import { featuresOn, sharedChat } from '../../__fixtures__/chat-core.ts';
import { testCore } from '../../__fixtures__/test-core.ts';
import { knownRefusals } from '../../__fixtures__/known-refusals.ts';

const nowhere = 'http://127.0.0.1:9';
const keys = {
  OPENAI_API_KEY: 'sk-0123456789abcdef',
  ANTHROPIC_API_KEY: 'sk-ant-0123456789abcdef',
  GOOGLE_API_KEY: 'AIza-0123456789abcdef',
  AZURE_OPENAI_API_KEY: '0123456789abcdef-azure',
  OPENROUTER_API_KEY: 'sk-or-0123456789abcdef',
  COMFYVN_LLM_AZURE_OPENAI_BASE_URL: nowhere,
};
const made = (files: object = {}) =>
  testCore({ env: keys, files: { 'config/comfyvn.json': featuresOn, ...files } });
const hello = [{ role: 'user' as const, content: 'hi' }];

async function planned(core: ReturnType<typeof made>, input: object): Promise<DryRunAnswer> {
  return (await core.ask('chat.send', { messages: hello, dry_run: true, ...input })) as DryRunAnswer;
}

const cases = knownRefusals.flatMap(({ models, ...fact }) => models.map((model) => ({ ...fact, model })));

describe('no model gets a parameter that its vendor is known to refuse', () => {
  const shared = sharedChat();
  test.each(cases)('$provider/$model: $fact', async ({ provider, model, params, messages, ...fact }) => {
    const { core } = shared;
    const call = {
      provider,
      model,
      // The model's registry options would interfere with the fact under test.
      params: { reasoning: null, ...params },
      ...(messages ? { messages } : {}),
      ...(fact.providerOptions ? { provider_options: fact.providerOptions } : {}),
    };
    const plan = await planned(core, call);
    const dropped = plan.dropped.map(({ param }) => param);
    for (const name of fact.dropped ?? []) {
      expect(dropped).toContain(name);
      expect(plan.applied).not.toContain(name);
    }
    for (const name of fact.sent ?? []) {
      expect(dropped).not.toContain(name);
      expect(plan.applied).toContain(name);
    }
    for (const from of fact.rewritten ?? [])
      expect(plan.rewritten).toContainEqual(expect.objectContaining({ from }));
    const refusals = plan.warnings.filter((text) => text.includes('(rule '));
    if (!fact.blocked) expect(refusals).toEqual([]);
    else {
      expect(refusals.join()).toContain(`(rule ${fact.blocked})`);
      const live = { messages: hello, ...call, allow_retired: true };
      expect(await core.refusal('chat.send', live)).toMatchObject({ code: 'parameter_refused' });
    }
  });
});

describe('a rule’s decision is reported with its id, and can be overridden', () => {
  test('by the caller, for one call', async () => {
    const core = made();
    const call = { provider: 'anthropic_public', model: 'claude-sonnet-5-5', params: { temperature: 0.4 } };
    const ruled = await planned(core, call);
    expect(ruled.dropped).toMatchObject([
      { param: 'temperature', reason: expect.stringContaining('400'), rule: 'claude-sampling' },
    ]);
    const free = await planned(core, { ...call, ignore_rules: ['claude-sampling'] });
    expect(free.plan.body).toMatchObject({ temperature: 0.4 });
    expect(free.dropped).toEqual([]);
    expect(free.warnings.join()).toContain('"claude-sampling" is ignored');
  });

  test('an unknown rule id is reported, as it is a typo', async () => {
    const plan = await planned(made(), {
      provider: 'openai_public',
      model: 'gpt-4o',
      ignore_rules: ['claude-samplings'],
    });
    expect(plan.warnings.join()).toContain('no rule "claude-samplings" applies to gpt-4o');
  });

  test('a schema mode that the model refuses is replaced by the native one, with a warning', async () => {
    const schema = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] };
    for (const model of ['claude-sonnet-5-5', 'claude-opus-5-5', 'claude-fable-5-2']) {
      const plan = await planned(made(), {
        provider: 'anthropic_public',
        model,
        schema,
        params: { structured_output: 'tool' },
      });
      expect(plan.plan.body).toMatchObject({ output_config: { format: { type: 'json_schema' } } });
      expect(plan.plan.body).not.toHaveProperty('tool_choice');
      expect(plan.dropped.map(({ param }) => param)).toContain('structured_output');
    }
  });

  test('every Claude since 4.5 gets a schema natively, an older one as a tool', async () => {
    const schema = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] };
    const way = async (model: string) =>
      Object.keys(
        (await planned(made(), { provider: 'anthropic_public', model, schema })).plan.body as object,
      );
    for (const model of ['claude-haiku-4-5', 'claude-sonnet-4-6', 'claude-haiku-5-5', 'claude-opus-6'])
      expect(await way(model)).toEqual(expect.arrayContaining(['output_config']));
    expect(await way('claude-sonnet-4-20250514')).toEqual(expect.arrayContaining(['tool_choice']));
  });
});

describe('Azure', () => {
  const settings = (overrides: object) =>
    made({
      'config/llm/providers/azure_openai.json': {
        name: 'azure_openai',
        adapter: 'azure_openai',
        base: nowhere,
        models: [{ id: 'gpt-4o' }, { id: 'gpt-6-luna' }],
        settings: overrides,
      },
    });
  const call = (model: string) => ({ provider: 'azure_openai', model, params: { max_tokens: 9 } });

  test('a deployment of any name follows the rules of the model it is mapped to', async () => {
    const core = settings({ deployments: { 'gpt-6-luna': 'mods-prod' } });
    for (const model of ['gpt-6-luna', 'mods-prod']) {
      const { plan } = await planned(core, call(model));
      expect(plan.url).toBe(`${nowhere}/openai/v1/chat/completions`);
      expect(plan.body).toMatchObject({ model: 'mods-prod', max_completion_tokens: 9 });
    }
    const { plan } = await planned(core, call('my-gpt-5-style'));
    expect(plan.body).toMatchObject({ model: 'my-gpt-5-style', max_tokens: 9 });
  });

  test('a dated API version applies only to models and deployments that it supports', async () => {
    const core = settings({ api_version: '2024-10-21', api_versions: { special: '2025-04-01-preview' } });
    const url = async (model: string) => (await planned(core, call(model))).plan.url;
    expect(await url('gpt-4o')).toContain('/deployments/gpt-4o/chat/completions?api-version=2024-10-21');
    expect(await url('gpt-6-luna')).toBe(`${nowhere}/openai/v1/chat/completions`);
    expect(await url('special')).toContain('/deployments/special/');
    expect(await url('special')).toContain('api-version=2025-04-01-preview');
  });
});
