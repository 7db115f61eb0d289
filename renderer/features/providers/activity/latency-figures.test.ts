import { expect, test } from 'vitest';
import type { CallRecord } from '../../../../contract/call-log.ts';
import { latencyFigures } from './latency-figures.ts';

const call = (ms: number, part: Partial<CallRecord> = {}) =>
  ({ mode: 'live', ok: true, timing: { total_ms: ms + 5, upstream_ms: ms }, ...part }) as CallRecord;

test('latency leaves out dry runs and failures', () => {
  const calls = [call(100), call(1, { mode: 'dry' }), call(9000, { ok: false }), call(300)];
  expect(latencyFigures(calls)).toEqual({ times: [300, 100], median: 100, p95: 300 });
  expect(latencyFigures([call(1, { ok: false })])).toBeNull();
});

test('of a hundred calls the five slowest are above the 95th percentile', () => {
  const calls = Array.from({ length: 100 }, (_, n) => call(n + 1));
  expect(latencyFigures(calls)).toMatchObject({ median: 50, p95: 95 });
  expect(latencyFigures([call(7)])).toMatchObject({ median: 7, p95: 7 });
});
