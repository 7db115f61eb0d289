import { expect, test } from 'vitest';
import { batchTrial } from './support/batch-trial.mjs';

// A short version of bench/batch.mjs.
test(
  'a batch that is killed three times has every line once, and pays for no line twice',
  { timeout: 120_000 },
  async () => {
    const lines = 120;
    const { rows, inOrder, paidTwice, answers, unknown, failed, code } = await batchTrial({
      lines,
      latencyMs: 20,
    });
    expect(paidTwice).toEqual([]);
    expect([rows.length, inOrder]).toEqual([lines, true]);
    expect(answers + unknown + failed).toBe(lines);
    // Three kills and the failures without a reply leave at most this many lines without an answer.
    expect(answers).toBeGreaterThan(lines - 3 * 8 - 20);
    expect(code).toBe(answers === lines ? 0 : 6);
  },
);
