import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { knownDifferences } from './known-differences.mjs';
import { projectRoot } from './project.mjs';

const file = {
  differences: [{ because: 'a reason', as_of: '2026-11-29', lines: ['Prices: a: in 1', 'Prices: b: in 2'] }],
};

test('an explanation matches its exact line, in its own section', () => {
  const known = knownDifferences(file);
  expect(known.explains('Prices', 'a: in 1')).toBe(true);
  expect(known.explains('Prices', 'a: in 1.5')).toBe(false);
  expect(known.explains('Ends', 'a: in 1')).toBe(false);
});

test('an explanation whose line is no longer found is reported', () => {
  const known = knownDifferences(file);
  known.explains('Prices', 'a: in 1');
  expect(known.unseen()).toEqual(['Prices: b: in 2']);
});

test('each explanation in the registry has a reason and a date, and no line has two', () => {
  const { differences } = JSON.parse(
    readFileSync(join(projectRoot, 'registry/known-differences.json'), 'utf8'),
  );
  for (const { because, as_of: day } of differences) {
    expect(because.length).toBeGreaterThan(10);
    expect(day).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  }
  const lines = differences.flatMap((one) => one.lines);
  expect(new Set(lines).size).toBe(lines.length);
});
