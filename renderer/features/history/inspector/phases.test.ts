import { expect, test } from 'vitest';
import { phasesOf } from './phases.ts';

test('the phases of a call add up to its total time', () => {
  const timings = [
    { total_ms: 100, upstream_ms: 90, first_token_ms: 40 },
    { total_ms: 100, upstream_ms: 90, first_token_ms: null },
    { total_ms: 100, upstream_ms: null, first_token_ms: null },
    { total_ms: 100, upstream_ms: 90, first_token_ms: 95 },
  ];
  for (const timing of timings)
    expect(
      phasesOf(timing).reduce((sum, { ms }) => sum + ms, 0),
      JSON.stringify(timing),
    ).toBe(100);
});
