import { expect, test } from 'vitest';
import {
  closingLine,
  countPlaywright,
  countStep,
  countVitest,
  failedInPlaywright,
  failedInVitest,
} from './totals.mjs';

const vitest = (passed, failed, testResults = []) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  testResults,
});
const playwright = (expected, unexpected, flaky = 0, errors = []) => ({
  stats: { expected, unexpected, flaky },
  errors,
});

test('tests are counted, and other steps count as one', () => {
  const all = [
    countStep(0),
    countStep(2),
    countVitest(vitest(40, 2), 1),
    countPlaywright(playwright(7, 1), 1),
  ];
  expect(closingLine(all)).toBe('48 passed, 4 failed');
});

test('a file that does not load is one failure', () => {
  const broken = { status: 'failed', assertionResults: [] };
  expect(countVitest(vitest(3, 0, [broken]), 1)).toEqual({ passed: 3, failed: 1 });
});

test.each([
  ['vitest without a report', countVitest(null, 0)],
  ['playwright without a report', countPlaywright(null, 0)],
  ['vitest that ran nothing', countVitest(vitest(0, 0), 0)],
  ['playwright that ran nothing', countPlaywright(playwright(0, 0), 0)],
])('%s is one failure', (_what, totals) => {
  expect(totals).toEqual({ passed: 0, failed: 1 });
});

test('a failure outside the tests is counted', () => {
  expect(countVitest(vitest(5, 0), 1)).toEqual({ passed: 5, failed: 1 });
  expect(countPlaywright(playwright(5, 0, 0, [{ message: 'global setup' }]), 1)).toEqual({
    passed: 5,
    failed: 1,
  });
});

test('a test that passes only on its second try is a failure', () => {
  expect(countPlaywright(playwright(5, 0, 1), 1)).toEqual({ passed: 5, failed: 1 });
});

test('failed tests are listed with their files at the end of a run', () => {
  const testResults = [
    {
      name: 'a.test.ts',
      status: 'failed',
      assertionResults: [
        { status: 'failed', fullName: 'one', failureMessages: ['Error: no\n  at a.test.ts:7'] },
        { status: 'passed', fullName: 'two' },
      ],
    },
    { name: 'b.test.ts', status: 'failed', message: 'Cannot find x\n  at y', assertionResults: [] },
    { name: 'c.test.ts', status: 'passed', assertionResults: [{ status: 'passed', fullName: 'three' }] },
  ];
  expect(failedInVitest({ testResults })).toEqual([
    'a.test.ts: one: Error: no',
    'b.test.ts: does not load: Cannot find x',
  ]);

  const spec = (title, status) => ({ title, file: 'x.spec.ts', tests: [{ projectName: 'web', status }] });
  const report = {
    suites: [
      {
        specs: [spec('one', 'flaky')],
        suites: [{ specs: [spec('two', 'unexpected'), spec('three', 'expected')] }],
      },
    ],
  };
  expect(failedInPlaywright(report)).toEqual([
    '[web] x.spec.ts: one (flaky)',
    '[web] x.spec.ts: two (unexpected)',
  ]);
  expect([failedInVitest(null), failedInPlaywright(null)]).toEqual([[], []]);
});
