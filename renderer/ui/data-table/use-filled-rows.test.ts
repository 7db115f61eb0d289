import { describe, expect, it } from 'vitest';
import { FilledRows } from './use-filled-rows.ts';

const rows = (first: number, count: number) => Array.from({ length: count }, (_, at) => first + at);

describe('FilledRows', () => {
  it('fills the rows of a jump over several frames, from the first one', () => {
    const filled = new FilledRows();
    filled.fillMore(rows(0, 25), 25);
    const jump = rows(500, 25);
    expect([...filled.fillMore(jump, 10)]).toEqual(rows(500, 10));
    expect([...filled.fillMore(jump, 10)]).toEqual(rows(500, 20));
    expect([...filled.fillMore(jump, 10)]).toEqual(jump);
  });

  it('keeps filled rows, wherever new ones are, and forgets those that left', () => {
    const filled = new FilledRows();
    filled.fillMore(rows(0, 20), 20);
    expect([...filled.fillMore(rows(-15, 30), 10)]).toEqual([...rows(-15, 10), ...rows(0, 15)]);
    filled.fillMore([]);
    expect([...filled.fillMore([3], 0)]).toEqual([]);
  });
});
