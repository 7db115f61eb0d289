import { describe, expect, test } from 'vitest';
import { chatCore, dryRun, hello, sharedChat } from '../__fixtures__/chat-core.ts';

const nowhere = 'http://127.0.0.1:9';
const claude = { provider: 'anthropic_public', model: 'claude-sonnet-4-6', notes: '' };
const local = { provider: 'lmstudio_local', model: 'hermes-3-llama-3.1-8b', notes: '' };

const checked = (settings: object, core = chatCore(nowhere), module = 'translate') =>
  core.ask('presets.check', { module, settings });

/** A model whose options a preset inherits, with defaults from its own file. */
const lab = {
  env: {},
  files: {
    'config/llm/providers/lab.json': {
      name: 'lab',
      adapter: 'openai_compat',
      base: 'http://127.0.0.1:9/v1',
      models: [
        { id: 'm', options: { top_p: 0.2, seed: 2 }, rules: [{ rule: 'range', param: 'seed', max: 9 }] },
      ],
    },
  },
};
/** The same model with its own rule, which only warns. */
const strictLab = {
  env: {},
  files: {
    'config/llm/providers/lab.json': {
      name: 'lab',
      adapter: 'openai_compat',
      base: 'http://127.0.0.1:9/v1',
      models: [{ id: 'm', rules: [{ rule: 'not_together', params: ['temperature', 'top_p'] }] }],
    },
  },
};
const labPreset = { provider: 'lab', model: 'm', notes: '' };

describe('a preset’s omissions', () => {
  test('null removes the model’s option from the request, a missing option inherits it', async () => {
    const core = chatCore(nowhere, lab);
    const preset = { id: 'mine', ...labPreset, options: { temperature: 0.4, top_p: null } };
    await core.ask('presets.create', { module: 'translate', preset });
    const { plan } = await dryRun(core, { messages: hello, module: 'translate', preset: 'mine' });
    expect(plan.body).toMatchObject({ temperature: 0.4, seed: 2 });
    expect(plan.body).not.toHaveProperty('top_p');
  });

  test('an inherited value is shown with its source, model or defaults', async () => {
    const found = await checked({ ...labPreset, options: { top_p: null } }, chatCore(nowhere, lab));
    expect(found.inherited).toEqual({
      top_p: { value: 0.2, from: 'model' },
      seed: { value: 2, from: 'model' },
    });
    expect(found.applied).toContain('seed');
    expect(found.applied).not.toContain('top_p');
  });
});

describe('a check reports what a call would', () => {
  test('a violated rule names the parameters it is about', async () => {
    const both = await checked(
      { ...labPreset, options: { temperature: 0.2, top_p: 0.9 } },
      chatCore(nowhere, strictLab),
    );
    const [broken] = both.broken;
    expect(broken).toMatchObject({ rule: { rule: 'not_together', params: ['temperature', 'top_p'] } });
    expect(both.warnings).not.toContain(broken?.message);
    const options = { temperature: 0.2, top_p: null };
    const one = await checked({ ...labPreset, options }, chatCore(nowhere, strictLab));
    expect(one.broken).toEqual([]);
  });

  test('a parameter that a rule leaves out is listed as dropped, with the rule, and is no problem', async () => {
    const found = await checked({ ...claude, options: { temperature: 0.2, top_p: 0.9 } });
    expect(found.broken).toEqual([]);
    expect(found.dropped).toMatchObject([{ param: 'top_p', rule: 'claude-one-sampling' }]);
    expect(found.rules.map(({ id }) => id)).toContain('claude-one-sampling');
  });

  test('a value is checked against its range', async () => {
    const found = await checked({ ...labPreset, options: { seed: 10 } }, chatCore(nowhere, lab));
    expect(found.broken).toMatchObject([{ rule: { rule: 'range', param: 'seed', max: 9 } }]);
    expect(found.rules).toHaveLength(1);
  });

  test('a parameter that the protocol lacks is dropped with its reason', async () => {
    const { dropped } = await checked({ ...claude, options: { frequency_penalty: 0.5 } });
    expect(dropped).toMatchObject([{ param: 'frequency_penalty' }]);
  });

  test('a missing provider is reported, and the check still answers', async () => {
    const found = await checked({ ...local, provider: 'gone', options: {} });
    expect(found.target).toBeNull();
    expect(found.warnings.join()).toContain('gone');
  });
});

describe('the schema of a preset', () => {
  test('is the module’s until the preset has its own or turns it off', async () => {
    const own = { type: 'object', required: ['a'], properties: { a: { type: 'string', minLength: 2 } } };
    expect((await checked({ ...local, options: {} })).schema.from).toBe('module');
    expect((await checked({ ...local, options: {}, schema: null })).schema).toMatchObject({ from: 'none' });
    const { schema } = await checked({ ...local, options: {}, schema: own });
    expect(schema).toMatchObject({ from: 'preset', problem: null });
    expect(Object.keys(schema.sample as object)).toEqual(['a']);
  });

  test('is reported as a problem where it cannot compile, and the rest is still checked', async () => {
    const schema = { type: 'object', properties: { a: { $ref: '#/nowhere' } } };
    const found = await checked({ ...claude, options: { temperature: 0.2, top_p: 0.9 }, schema });
    expect(found.schema.problem).toContain('#/nowhere');
    expect(found.problem).toContain('schema');
    expect(found.dropped).toHaveLength(1);
  });

  test('forbidden options are reported as a problem, not thrown', async () => {
    const provider_options = { headers: { authorization: 'Bearer x' } };
    const found = await checked({ ...local, options: { temperature: 1 }, provider_options });
    expect(found.problem).toContain('provider_options');
    expect(found.applied).toContain('temperature');
  });
});

describe('a check', () => {
  const shared = sharedChat();

  test('calls no provider and leaves no line in the log', async () => {
    await checked({ ...local, options: { temperature: 0.2 } }, shared.core);
    expect(shared.upstream.exchanges).toEqual([]);
    expect((await shared.core.ask('calls.list', {})).calls).toEqual([]);
  });
});
