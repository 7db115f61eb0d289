import { expect, test } from 'vitest';
import type { RunView } from '../../../../contract/translation.ts';
import { runFigures } from './run-figures.ts';

const run = (groups_by_state: Record<string, number>, groups = 10): RunView => ({
  id: 'r',
  kind: 'translate',
  delivery: 'live',
  state: 'running',
  code: null,
  reason: null,
  groups,
  units: 400,
  groups_by_state,
  machines: [],
  processes: [],
  confirm_usd: null,
  cache: null,
  spent_usd: 0,
  max_usd: null,
  waits_for: null,
  started_at: '2026-11-29T00:00:00.000Z',
  ended_at: null,
});
const after = (seconds: number) => Date.parse('2026-11-29T00:00:00.000Z') + seconds * 1000;

test('rate and remaining time follow from completed requests', () => {
  expect(runFigures(run({ done: 5, sent: 2, planned: 3 }), after(20))).toEqual({
    done: 5,
    all: 10,
    rate: 10,
    leftMs: 20_000,
  });
});

test('before the first completed request there is no estimate', () => {
  expect(runFigures(run({ sent: 4, planned: 6 }), after(3))).toMatchObject({ rate: null, leftMs: null });
});

test('retries of bad replies count towards the total', () => {
  expect(runFigures(run({ done: 10, planned: 2 }), after(10)).all).toBe(12);
});
