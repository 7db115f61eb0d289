import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chatOptions } from '../__fixtures__/chat-core.ts';
import { testCore, type TestCore, type TestCoreOptions } from '../__fixtures__/test-core.ts';
import { openAiReply, startUpstream, type Answer, type UpstreamRequest } from '../__fixtures__/upstream.ts';

const units = ['一', '二', '三', '四', '五', '六'];
const reference = (source: string) => `Number ${units.indexOf(source) + 1}, said plainly.`;

const setText = [
  { format: 1, name: 'mine', title: 'My game', module: 'translate', licence: 'CC0-1.0' },
  ...units.map((source_text, i) => ({
    id: `u${i}`,
    variables: { source_text, target_language: 'English' },
    references: [reference(source_text)],
  })),
]
  .map((line) => JSON.stringify(line))
  .join('\n');

const ownPreset = (id: string, model: string, options = {}) => ({
  id,
  provider: 'lmstudio_local',
  model,
  options,
  notes: '',
});

const bodyOf = (request: UpstreamRequest) =>
  request.json() as { model: string; messages: { content: string }[] };
const askedOf = (request: UpstreamRequest) =>
  units.find((unit) =>
    bodyOf(request)
      .messages.at(-1)
      ?.content.endsWith(`: ${JSON.stringify(unit)}`),
  ) ?? '';

const answerWith = (translation: string): Answer =>
  openAiReply(JSON.stringify({ detected_language: 'ja', translation }));

/** `good` answers with the reference, every other model does not; `say` may answer first. */
async function trials(
  say: (request: UpstreamRequest) => Answer | undefined = () => undefined,
  options: (url: string) => TestCoreOptions = () => ({}),
) {
  const upstream = await startUpstream((request) => {
    const reply = say(request);
    if (reply) return reply;
    const asked = askedOf(request);
    return answerWith(
      bodyOf(request).model === 'good' ? reference(asked) : `Something about ${asked.length}`,
    );
  });
  const { env, files } = options(upstream.url);
  const core = testCore({
    env: { ...env, COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: `${upstream.url}/v1` },
    files: {
      ...files,
      'data/trial-sets/mine.jsonl': setText,
      'config/llm/presets/translate.json': {
        version: 1,
        active: null,
        presets: [ownPreset('good', 'good'), ownPreset('plain', 'plain')],
        edits: {},
      },
    },
  });
  return { upstream, core };
}

const both = { set: 'mine', contestants: [{ preset: 'good' }, { preset: 'plain' }], wait: true };
const fileOf = (core: TestCore, trial: string, name: string) =>
  join(core.root, 'data', 'trials', trial, name);

describe('a trial', () => {
  test('sends each unit once to each preset, and stores every reply with the hash of its request', async () => {
    const { core, upstream } = await trials();
    const { trial } = await core.ask('trials.start', both);
    expect(trial).toMatchObject({ state: 'done', finished: 12, requests: 12, unknown: 0, reason: null });
    expect(upstream.requests).toHaveLength(12);
    const sent = readFileSync(fileOf(core, trial.id, 'journal.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { kind: string; request_sha256?: string });
    expect(sent.filter(({ kind }) => kind === 'sent')).toHaveLength(12);
    expect(new Set(sent.flatMap(({ request_sha256 }) => request_sha256 ?? [])).size).toBe(12);
  });

  test('continues after a kill with the units that have no answer, and repeats none that may have been paid for', async () => {
    const { core, upstream } = await trials();
    const { trial } = await core.ask('trials.start', both);
    // The state after a kill: five requests answered, one in progress, an incomplete line.
    const path = fileOf(core, trial.id, 'journal.jsonl');
    const lines = readFileSync(path, 'utf8').trim().split('\n');
    const answers = lines.filter((line) => line.includes('"answer"'));
    const open = JSON.parse(answers[5] ?? '{}') as { contestant: string; unit: string };
    const sent = { kind: 'sent', contestant: open.contestant, unit: open.unit, bound: 0.5 };
    writeFileSync(path, `${answers.slice(0, 5).join('\n')}\n${JSON.stringify(sent)}\n{"kind":"ans`);
    const stopped = (await core.ask('trials.get', { trial: trial.id })).trial;
    expect(stopped).toMatchObject({ state: 'stopped', finished: 5, unknown: 1, spent_usd: 0.5 });
    // A preset with unsent units has no rank.
    expect(stopped.results.map(({ rank }) => rank)).toEqual([null, null]);

    const resumed = (await core.ask('trials.resume', { trial: trial.id, wait: true })).trial;
    expect(upstream.requests).toHaveLength(12 + 6);
    expect(resumed).toMatchObject({ finished: 11, unknown: 1, state: 'stopped' });
    const again = { trial: trial.id, retry_unknown: true, wait: true };
    expect((await core.ask('trials.resume', again)).trial).toMatchObject({
      state: 'done',
      finished: 12,
      unknown: 0,
      // The first request may have been billed as well.
      spent_usd: 0.5,
    });
    expect(upstream.requests).toHaveLength(12 + 7);
  });

  test('is not continued after a preset has changed, as the two halves would differ', async () => {
    const { core, upstream } = await trials();
    const { trial } = await core.ask('trials.start', both);
    writeFileSync(fileOf(core, trial.id, 'journal.jsonl'), '');
    await core.ask('presets.update', {
      module: 'translate',
      id: 'good',
      set: { options: { temperature: 1.5 } },
    });
    const refusal = await core.refusal('trials.resume', { trial: trial.id, wait: true });
    expect(refusal).toMatchObject({
      code: 'invalid_request',
      message: expect.stringContaining('the settings of good have changed'),
    });
    expect(upstream.requests).toHaveLength(12);
  });

  test('counts a failed call against its preset, with the reason', async () => {
    const { core } = await trials((request) =>
      bodyOf(request).model === 'plain' && askedOf(request) === '一'
        ? { status: 400, body: { error: { message: 'no' } } }
        : undefined,
    );
    const { trial } = await core.ask('trials.start', both);
    const plain = trial.results.find(({ id }) => id === 'plain');
    expect(plain).toMatchObject({
      sent: 6,
      errors: { provider_rejected: 1 },
      schema: { passed: 5, total: 6 },
    });
    expect(plain?.latency.measured).toBe(5);
  });

  test('with an unusable preset is refused by its name, and sends nothing', async () => {
    const { core, upstream } = await trials();
    const contestants = [{ preset: 'good' }, { preset: 'translate-02-openai-gpt-4o-mini' }];
    const plan = await core.ask('trials.plan', { set: 'mine', contestants });
    expect(plan.contestants.map(({ refusal }) => refusal?.code ?? null)).toEqual([null, 'feature_disabled']);
    const refusal = await core.refusal('trials.start', { set: 'mine', contestants, wait: true });
    expect(refusal.message).toContain('translate-02-openai-gpt-4o-mini cannot be asked');
    expect(upstream.requests).toHaveLength(0);
    expect((await core.ask('trials.list')).trials).toEqual([]);
  });

  test('draws the same units for every preset, and the same again next time', async () => {
    const { core, upstream } = await trials();
    const sampled = { ...both, sample: 3 };
    await core.ask('trials.start', sampled);
    const asked = (model: string) =>
      upstream.requests
        .filter((request) => bodyOf(request).model === model)
        .map(askedOf)
        .toSorted();
    expect(asked('good')).toHaveLength(3);
    expect(asked('plain')).toEqual(asked('good'));
    const first = asked('good');
    upstream.requests.length = 0;
    await core.ask('trials.start', sampled);
    expect(asked('good')).toEqual(first);
  });

  test('measures nothing offline: it is marked, and gives no ranks', async () => {
    const { core, upstream } = await trials();
    const { trial } = await core.ask('trials.start', { ...both, mock: true });
    expect(trial).toMatchObject({ state: 'done', mock: true });
    expect(upstream.requests).toHaveLength(0);
    expect((await core.ask('trials.ranks', { module: 'translate' })).ranks).toEqual([]);
    expect((await core.ask('trials.export', { trial: trial.id })).text).toContain('no model was measured');
  });
});

describe('measured ranks', () => {
  test('are shown beside the presets until one changes its model', async () => {
    const { core } = await trials();
    const { trial } = await core.ask('trials.start', both);
    const { ranks } = await core.ask('trials.ranks', { module: 'translate' });
    expect(ranks.map(({ preset, rank, of, set_title }) => [preset, rank, of, set_title])).toEqual([
      ['good', 1, 2, 'My game'],
      ['plain', 2, 2, 'My game'],
    ]);
    expect(ranks[0]).toMatchObject({ trial: trial.id, measured_at: '2026-11-22T00:00:00.000Z' });
    await core.ask('presets.update', { module: 'translate', id: 'good', set: { model: 'another' } });
    const after = (await core.ask('trials.ranks', { module: 'translate' })).ranks;
    expect(after.map(({ preset }) => preset)).toEqual(['plain']);
  });
});

describe('votes', () => {
  test('by a person are on anonymous replies, once per pair, and give a win rate', async () => {
    const { core } = await trials();
    const { trial } = await core.ask('trials.start', both);
    for (let n = 0; n < units.length; n++) {
      const { ballot, done, total } = await core.ask('trials.ballot', { trial: trial.id });
      expect([done, total]).toEqual([n, units.length]);
      expect(JSON.stringify(ballot)).not.toMatch(/"good"|"plain"|lmstudio/);
      const choice = ballot?.left.startsWith('Number') ? 'left' : 'right';
      await core.ask('trials.vote', { trial: trial.id, ballot: ballot?.ballot, choice });
    }
    expect(await core.ask('trials.ballot', { trial: trial.id })).toEqual({ ballot: null, done: 6, total: 6 });
    const { trial: view } = await core.ask('trials.get', { trial: trial.id, ranked_by: 'votes' });
    expect(view.results.map(({ id, votes }) => [id, votes?.wins, votes?.losses])).toEqual([
      ['good', 6, 0],
      ['plain', 0, 6],
    ]);
    // Each was on the left in half of the pairs.
    expect(view.voters).toMatchObject([{ voter: 'person', votes: 6, left_share: 0.5 }]);
  });

  test('by a judge are requested in both orders, and reveal a preference for one side', async () => {
    const judged: { A: string; B: string }[] = [];
    const { core, upstream } = await trials((request) => {
      const { model, messages } = bodyOf(request);
      if (model !== 'biased') return undefined;
      judged.push(JSON.parse(messages.at(-1)?.content ?? '{}') as { A: string; B: string });
      return openAiReply('{"better":"A"}');
    });
    const { trial } = await core.ask('trials.start', both);
    const judge = { trial: trial.id, provider: 'lmstudio_local', model: 'biased' };
    const plan = await core.ask('trials.judgePlan', judge);
    expect(plan).toMatchObject({ requests: 12, cost: { min: 0, max: 0 } });
    expect(upstream.requests).toHaveLength(12);
    expect(await core.ask('trials.judge', judge)).toMatchObject({ voted: 12, failed: 0, reason: null });
    const pairs = judged.map(({ A, B }) => JSON.stringify([A, B]));
    expect(judged.every(({ A, B }) => pairs.includes(JSON.stringify([B, A])))).toBe(true);
    const { trial: view } = await core.ask('trials.get', { trial: trial.id });
    expect(view.voters).toMatchObject([{ voter: 'lmstudio_local/biased', votes: 12, left_share: 1 }]);
    expect(view.results.map(({ votes }) => votes?.rate)).toEqual([0.5, 0.5]);
    // The second time there is nothing left to vote on.
    expect(await core.ask('trials.judge', judge)).toMatchObject({ voted: 0 });
  });

  test('by a judge count every attempt that may have been paid for', async () => {
    const failed = new Set<string>();
    const { core } = await trials((request) => {
      const body = request.body.toString();
      if (bodyOf(request).model !== 'gpt-4o-mini') return undefined;
      if (failed.has(body)) return openAiReply('{"better":"A"}');
      failed.add(body);
      // Not the provider's own error: a gateway does not know what the model behind it did.
      return { status: 504, body: { gateway: 'timeout' } };
    }, chatOptions);
    const { trial } = await core.ask('trials.start', both);
    const judge = { trial: trial.id, provider: 'openai_public', model: 'gpt-4o-mini', per_pair: 1 };
    const { cost } = await core.ask('trials.judgePlan', judge);
    const end = await core.ask('trials.judge', judge);
    expect(end).toMatchObject({ voted: 2, failed: 0 });
    expect(end.spent_usd).toBeGreaterThan(cost?.max ?? Infinity);
  });

  test('by one judge are not requested twice at the same time', async () => {
    const { core, upstream } = await trials((request) =>
      bodyOf(request).model === 'judge' ? openAiReply('{"better":"tie"}') : undefined,
    );
    const { trial } = await core.ask('trials.start', both);
    const judge = { trial: trial.id, provider: 'lmstudio_local', model: 'judge' };
    const first = core.ask('trials.judge', judge);
    expect((await core.refusal('trials.judge', judge)).message).toContain('already');
    expect(await first).toMatchObject({ voted: 12 });
    expect(upstream.requests).toHaveLength(12 + 12);
    expect(await core.ask('trials.judge', judge)).toMatchObject({ voted: 0 });
  });

  test('survive an incomplete last line', async () => {
    const { core } = await trials();
    const { trial } = await core.ask('trials.start', both);
    const vote = async () => {
      const { ballot } = await core.ask('trials.ballot', { trial: trial.id });
      await core.ask('trials.vote', { trial: trial.id, ballot: ballot?.ballot, choice: 'tie' });
    };
    await vote();
    appendFileSync(fileOf(core, trial.id, 'votes.jsonl'), '{"unit":"u1","le');
    await vote();
    const { trial: view } = await core.ask('trials.get', { trial: trial.id });
    expect(view.voters).toMatchObject([{ voter: 'person', votes: 2 }]);
  });
});

describe('sets', () => {
  test('of JSON lines are imported, used and removed; an invalid line refuses the file, or is skipped on request', async () => {
    const { core } = await trials();
    const text = '{"source":"おはよう","target":"Good morning."}\n{"target":"no source"}\n';
    const refusal = await core.refusal('trials.importSet', { name: 'lines', text });
    expect(refusal).toMatchObject({ code: 'invalid_request', message: expect.stringContaining('line 2') });
    const { set, problems } = await core.ask('trials.importSet', {
      name: 'lines',
      text,
      skip_problems: true,
    });
    expect([set.units, set.references, problems.map(({ line }) => line)]).toEqual([1, 1, [2]]);
    const plan = await core.ask('trials.plan', { set: 'lines', contestants: [{ preset: 'good' }] });
    expect(plan.requests).toBe(1);
    await core.ask('trials.removeSet', { name: 'lines' });
    expect(
      (await core.refusal('trials.plan', { set: 'lines', contestants: [{ preset: 'good' }] })).code,
    ).toBe('not_found');
  });

  test('built in are not overwritten, and unknown variables are named', async () => {
    const { core } = await trials();
    const taken = await core.refusal('trials.importSet', { name: 'translate-ja-en', text: '{"source":"a"}' });
    expect(taken.code).toBe('id_taken');
    const header = { format: 1, name: 'x', title: 'x', module: 'narrator', licence: 'CC0-1.0' };
    const text = [header, { id: 'a', variables: { sceen_id: 'typo' } }]
      .map((l) => JSON.stringify(l))
      .join('\n');
    const refusal = await core.refusal('trials.importSet', { name: 'x', text });
    expect(JSON.stringify(refusal)).toContain('sceen_id');
  });

  test('cannot name a file outside their folder', async () => {
    const { core } = await trials();
    for (const trial of ['../../config', '..', 'a/b'])
      expect((await core.refusal('trials.get', { trial })).code).toBe('not_found');
    expect((await core.refusal('trials.removeSet', { name: '../x' })).code).toBe('invalid_request');
  });
});
