import { describe, expect, test } from 'vitest';
import type { TrialUnit } from '../sets/trial-set.ts';
import { judgeUnit, type TrialAnswer } from './judge-unit.ts';
import { presetResult, rankPresets, type PresetRun } from './trial-result.ts';

const unit: TrialUnit = {
  id: 'u1',
  variables: { source_text: '[name]は行く', target_language: 'English' },
  references: ['[name] goes'],
  expect: [{ id: 'fact', kind: 'mentions', at: 'translation', any: ['goes'] }],
};
const answer = (more: Partial<TrialAnswer> = {}): TrialAnswer => ({
  reply: { detected_language: 'ja', translation: '[name] goes' },
  schemaPassed: true,
  packChecks: [{ id: 'markup', ok: true, message: '' }],
  estimatedUsd: 0.001,
  actualUsd: 0.002,
  latencyMs: 100,
  error: null,
  ...more,
});
const withSchema = { hasSchema: true };
const run = (presetId: string, answers: TrialAnswer[], more: Partial<PresetRun> = {}): PresetRun => ({
  presetId,
  label: presetId,
  provider: 'p',
  model: 'm',
  units: answers.length,
  outcomes: answers.map((one, i) => judgeUnit({ ...unit, id: `u${i}` }, one, withSchema)),
  ...more,
});

describe('a unit', () => {
  test('with a good reply has passed', () => {
    expect(judgeUnit(unit, answer(), withSchema)).toMatchObject({
      schemaPassed: true,
      failedChecks: [],
      codeKept: true,
      error: null,
    });
  });

  test('whose call failed fails every check', () => {
    const failed = answer({ reply: undefined, schemaPassed: null, packChecks: [], error: 'timeout' });
    const outcome = judgeUnit(unit, failed, withSchema);
    expect(outcome).toMatchObject({
      schemaPassed: false,
      failedChecks: ['reply', 'fact'],
      codeKept: false,
      error: 'timeout',
    });
    expect(outcome.chrf?.[0]).toMatchObject({ hypothesis: 0, matched: 0 });
  });

  test('whose call was interrupted counts as failed', () => {
    const broken = judgeUnit(unit, answer({ error: 'stream_interrupted' }), withSchema);
    expect(broken).toMatchObject({ schemaPassed: false, failedChecks: ['reply', 'fact'], codeKept: false });
  });

  test('fails by the pack’s checks and by its own expectations', () => {
    const reply = { translation: '[name] went' };
    const packChecks = [{ id: 'markup', ok: false, message: '' }];
    expect(judgeUnit(unit, answer({ reply, packChecks }), withSchema).failedChecks).toEqual([
      'markup',
      'fact',
    ]);
  });

  test('without code counts for code only where the reply invented some', () => {
    const plain = { ...unit, variables: { source_text: '行く' } };
    const stored = (translation: string) =>
      judgeUnit(plain, answer({ reply: { translation } }), withSchema).codeKept;
    expect([stored('goes'), stored('[she] goes')]).toEqual([null, false]);
  });

  test('of a module without schema or references has no such figures', () => {
    const chat = { id: 'c', variables: { message: 'Hello' } };
    expect(judgeUnit(chat, answer({ reply: 'Hi.', schemaPassed: null }), { hasSchema: false })).toMatchObject(
      {
        schemaPassed: null,
        chrf: null,
        codeKept: null,
        failedChecks: [],
      },
    );
  });
});

describe('a preset', () => {
  test('has rates over all units sent, failed calls included', () => {
    const failed = answer({
      reply: undefined,
      error: 'timeout',
      estimatedUsd: null,
      actualUsd: null,
      latencyMs: null,
    });
    const result = presetResult(run('a', [answer(), answer(), answer({ latencyMs: 300 }), failed]));
    expect(result).toMatchObject({
      sent: 4,
      errors: { timeout: 1 },
      schema: { passed: 3, total: 4, rate: 0.75 },
      checks: { passed: 3, total: 4 },
      failedChecks: { reply: 1, fact: 1 },
      code: { passed: 3, total: 4 },
      latency: { p50: 100, measured: 3 },
      votes: null,
    });
    expect(result.latency.p95).toBeCloseTo(280);
    expect(result.chrf?.units).toBe(4);
    expect(result.chrf?.score).toBeLessThan(100);
  });

  test('has prices per 1,000 units from those that are known, with their number', () => {
    const result = presetResult(
      run('a', [answer(), answer({ actualUsd: 0.004 }), answer({ actualUsd: null })]),
    );
    expect(result.estimated).toEqual({ usd: 1, interval: { low: 1, high: 1 }, known: 3, sent: 3 });
    expect(result.actual).toEqual({ usd: 3, interval: { low: 2, high: 4 }, known: 2, sent: 3 });
    const none = presetResult(run('a', [answer({ actualUsd: null })]));
    expect(none.actual).toEqual({ usd: null, interval: null, known: 0, sent: 1 });
  });

  test('whose calls cost nothing is free, not unknown', () => {
    expect(presetResult(run('a', [answer({ actualUsd: 0 })])).actual.usd).toBe(0);
  });

  test('has the same interval for the same outcomes', () => {
    const answers = ['[name] goes', '[name] went', '[name]', 'goes', 'x'].map((translation) =>
      answer({ reply: { translation } }),
    );
    const { chrf } = presetResult(run('a', answers));
    expect(presetResult(run('a', answers)).chrf).toEqual(chrf);
    expect(chrf?.interval?.low).toBeLessThan(chrf?.score ?? 0);
    expect(chrf?.interval?.high).toBeGreaterThan(chrf?.score ?? 100);
  });

  test('of which nothing was sent has no figures', () => {
    const result = presetResult(run('a', [], { units: 5 }));
    expect([result.schema.rate, result.chrf, result.actual.usd, result.latency.p50]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});

describe('ranks', () => {
  const good = run(
    'good',
    Array.from({ length: 40 }, () => answer()),
  );
  const bad = run(
    'bad',
    Array.from({ length: 40 }, () => answer({ reply: { translation: 'xyz' }, actualUsd: 0.0001 })),
  );
  const ranks = (runs: PresetRun[], by: Parameters<typeof rankPresets>[1]) =>
    rankPresets(
      runs.map((one) => presetResult(one)),
      by,
    ).map(({ id, rank }) => `${id}${rank ?? '-'}`);

  test('put the better quality first, and the lower price', () => {
    expect(ranks([bad, good], 'chrf')).toEqual(['good1', 'bad2']);
    expect(ranks([bad, good], 'code')).toEqual(['good1', 'bad2']);
    expect(ranks([good, bad], 'price')).toEqual(['bad1', 'good2']);
    expect(ranks([good, bad], 'votes')).toEqual(['bad-', 'good-']);
  });

  test('by price and by speed are shared where intervals overlap', () => {
    const spread = (id: string, shift: number) =>
      run(
        id,
        Array.from({ length: 40 }, (_, i) =>
          answer({
            actualUsd: 0.001 * (1 + ((i + shift) % 10)),
            latencyMs: 100 * (1 + ((i + shift) % 10)) + shift,
          }),
        ),
      );
    const presets = [spread('a', 0), spread('b', 1)];
    expect(ranks(presets, 'price')).toEqual(['a1', 'b1']);
    expect(ranks(presets, 'latency')).toEqual(['a1', 'b1']);
    const slow = run(
      'slow',
      Array.from({ length: 40 }, (_, i) => answer({ latencyMs: 9000 + i, actualUsd: 0.1 })),
    );
    expect(ranks([slow, ...presets], 'price')).toEqual(['a1', 'b1', 'slow3']);
    expect(ranks([slow, ...presets], 'latency')).toEqual(['a1', 'b1', 'slow3']);
  });

  test('are missing for a run that was stopped', () => {
    expect(ranks([{ ...good, units: 41 }, bad], 'chrf')).toEqual(['bad1', 'good-']);
  });
});
