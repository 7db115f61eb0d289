import { describe, expect, test } from 'vitest';
import type { WarningCode } from '../../../contract/warnings.ts';
import { chatCore } from '../__fixtures__/chat-core.ts';
import { testProject } from '../translation/__fixtures__/game.ts';
import { openAiReply, startUpstream } from '../__fixtures__/upstream.ts';

const hello = [{ role: 'user' as const, content: 'hi' }];
const mine = {
  name: 'mine',
  adapter: 'openai_compat',
  base: 'http://127.0.0.1:9/v1',
  models: [
    {
      id: 'ruled',
      context: 4096,
      rules: [
        { rule: 'range', param: 'temperature', min: 0, max: 1 },
        { rule: 'refused', id: 'no-seed', level: 'block', params: ['seed'] },
        { rule: 'not_together', params: ['top_p', 'top_k'] },
        { rule: 'refused', params: ['stop'], message: 'Stop words are ignored.' },
      ],
    },
  ],
};
const nowhere = 'http://127.0.0.1:9';
const files = { 'config/llm/providers/mine.json': mine };
const ruled = { provider: 'mine', model: 'ruled' };

const planned: [WarningCode, object, object][] = [
  ['unlisted_model', { model: 'mine/other' }, { model: 'other', provider: 'mine' }],
  [
    'value_out_of_range',
    { ...ruled, params: { temperature: 2 } },
    { param: 'temperature', min: 0, value: 2 },
  ],
  [
    'parameters_refused',
    { ...ruled, params: { seed: 1 } },
    { params: 'seed', rule: 'no-seed', blocks: true },
  ],
  [
    'parameters_conflict',
    { ...ruled, params: { top_p: 1, top_k: 1 } },
    { params: 'top_p, top_k', omit: 'top_k' },
  ],
  ['model_rule', { ...ruled, params: { stop: ['a'] } }, { text: 'Stop words are ignored.', blocks: false }],
  ['unknown_rule', { ...ruled, ignore_rules: ['no-sead'] }, { rule: 'no-sead', model: 'ruled' }],
  ['rule_ignored', { ...ruled, ignore_rules: ['no-seed'] }, { rule: 'no-seed' }],
  [
    'prompt_exceeds_context',
    { ...ruled, messages: [{ role: 'user', content: 'word '.repeat(9000) }] },
    { model: 'ruled', context: 4096, tokens: expect.any(Number) },
  ],
  [
    'message_part_dropped',
    { provider: 'anthropic_public', model: 'claude-opus-5-5', messages: [{ ...hello[0], name: 'Mira' }] },
    { part: 'messages[0].name', reason: expect.stringContaining('messages have no name') },
  ],
];

describe('a warning has a code and the values of its text', () => {
  test.each(planned)('in a plan: %s', async (code, call, values) => {
    const { ask } = chatCore(nowhere, { files });
    const answer = await ask('chat.send', { messages: hello, ...call, dry_run: true });
    expect(answer.warning_details.map(({ message }) => message)).toEqual(answer.warnings);
    expect(answer.warning_details).toContainEqual({
      code,
      message: expect.any(String),
      values: expect.objectContaining(values),
      ...(code === 'message_part_dropped' && { reason_detail: { code: 'no_message_name', values: {} } }),
    });
  });

  test('in an answer: a reply that was cut', async () => {
    const cut = {
      choices: [{ index: 0, message: { role: 'assistant', content: 'He' }, finish_reason: 'length' }],
    };
    const upstream = await startUpstream(openAiReply('', cut));
    const { ask } = chatCore(upstream.url);
    const call = { provider: 'lmstudio_local', model: 'brand-new', messages: hello, max_tokens: 2 };
    const { warnings, warning_details } = await ask('chat.send', call);
    expect(warning_details).toEqual([
      {
        code: 'unlisted_model',
        message: warnings[0],
        values: { model: 'brand-new', provider: 'lmstudio_local' },
      },
      { code: 'reply_cut', message: warnings[1], values: { tokens: 2 } },
    ]);
  });

  test('in a test call that is answered in the place of an unknown provider', async () => {
    const { ask } = chatCore(nowhere);
    expect(await ask('chat.test', { registry_id: 'nobody', prompt: 'hi' })).toMatchObject({
      warnings: [expect.stringContaining('the stub answered')],
      warning_details: [{ code: 'stub_answered', values: { provider: 'nobody' } }],
    });
  });

  test('in the plan of a translation, once for all its requests', async () => {
    const model = { provider: 'lmstudio_local', model: 'brand-new' };
    const game = { 'a.txt': Array.from({ length: 60 }, (_, n) => `Line ${n} of the story.`).join('\n') };
    const { core, id } = await testProject(nowhere, game, model);
    const plan = await core.ask('translate.plan', { project: id });
    expect(plan.groups).toBeGreaterThan(1);
    expect(plan.warning_details).toEqual([
      { code: 'unlisted_model', message: plan.warnings[0], values: model },
    ]);
  });

  test('in the plan of a trial', async () => {
    const { ask } = chatCore(nowhere);
    const contestants = [{ provider: 'lmstudio_local', model: 'brand-new' }];
    const { sets } = await ask('trials.sets', {});
    const set = sets[0]?.name ?? '';
    const plan = await ask('trials.plan', { set, contestants, sample: 2 });
    expect(plan.contestants[0]?.warning_details).toEqual([
      { code: 'unlisted_model', message: expect.any(String), values: contestants[0] },
    ]);
  });

  test('in the check of a preset, with the rules that it breaks', async () => {
    const { ask } = chatCore(nowhere, { files });
    const settings = { ...ruled, notes: '', options: { temperature: 2, seed: 1 } };
    const { broken } = await ask('presets.check', { module: 'translate', settings });
    expect(broken.map(({ message, warning }) => [warning.code, warning.message === message])).toEqual([
      ['value_out_of_range', true],
      ['parameters_refused', true],
    ]);
  });
});
