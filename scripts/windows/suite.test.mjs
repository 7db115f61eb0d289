import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot, readJson } from '../support/project.mjs';
import { classifyFailures, FOLDERS, MAIN_PATHS, missingFiles, runGroups, testFiles } from './suite.mjs';

const at = (path) => `Z:${join(projectRoot, path).replaceAll('/', '\\')}`;
const report = (...files) => ({
  testResults: files.map(([path, tests, status = 'failed']) => ({
    name: at(path),
    status,
    assertionResults: Object.entries(tests).map(([fullName, outcome]) => ({ fullName, status: outcome })),
  })),
});
const fault = (file, tests) => ({ file, tests, why: 'because' });

test('an unknown failure counts, with its file and name', () => {
  const { failures, passed } = classifyFailures(
    report(['main/a.test.ts', { one: 'passed', two: 'failed' }]),
    [],
  );
  expect([passed, failures]).toEqual([1, ['main/a.test.ts: two']]);
});

test('a known fault is excused only in its file, wherever that is', () => {
  const files = report(
    ['main/new/place/a.test.ts', { 'two of three': 'failed' }],
    ['main/b.test.ts', { 'two of three': 'failed' }],
  );
  const { failures, excused } = classifyFailures(files, [fault('a.test.ts', ['two'])]);
  expect([excused, failures]).toEqual([1, ['main/b.test.ts: two of three']]);
});

test('a file that fails outside its tests is a failure: it does not load, a hook fails, its process ends', () => {
  const failures = ['main/a.test.ts: fails outside its tests'];
  expect(classifyFailures(report(['main/a.test.ts', {}]), []).failures).toEqual(failures);
  const hook = report(['main/a.test.ts', { one: 'passed', two: 'skipped' }]);
  expect(classifyFailures(hook, []).failures).toEqual(failures);
});

test('a fault that no longer occurs is reported', () => {
  const { passedAgain } = classifyFailures(report(['main/a.test.ts', { one: 'passed' }, 'passed']), [
    fault('a.test.ts', ['one']),
  ]);
  expect(passedAgain).toEqual(['a.test.ts: one']);
});

test('every listed fault has a reason and an existing file', () => {
  const faults = readJson(join(import.meta.dirname, 'wine-faults.json'));
  for (const { file, tests, why } of faults) {
    // A name that is too short would excuse, or leave out, the tests of another file as well.
    expect(testFiles(FOLDERS).filter((path) => `/${path}`.endsWith(`/${file}`))).toHaveLength(1);
    expect(why.length, file).toBeGreaterThan(20);
    expect(tests === 'all' || tests.length > 0, file).toBe(true);
  }
});

test('every folder with tests belongs to the product, and is run, or to the tools', () => {
  const tools = ['bench', 'docs', 'e2e', 'scripts'];
  const others = readdirSync(projectRoot, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^(\.|node_modules$)/.test(entry.name))
    .map(({ name }) => name)
    .filter((name) => ![...FOLDERS, ...tools].includes(name));
  expect(testFiles(others)).toEqual([]);
});

test('every main file exists', () => {
  expect(MAIN_PATHS.filter((path) => !existsSync(join(projectRoot, path)))).toEqual([]);
});

test('a file missing from the report is listed, as its process ended', () => {
  const all = testFiles(MAIN_PATHS);
  const [gone, ...others] = all;
  expect(all.length).toBeGreaterThan(MAIN_PATHS.length);
  expect(missingFiles(report(...all.map((path) => [path, {}])), MAIN_PATHS)).toEqual([]);
  expect(missingFiles(report(...others.map((path) => [path, {}])), MAIN_PATHS)).toEqual([gone]);
});

test('a group that crashes without a report is run again file by file; only the file that crashes by itself is missing', async () => {
  const begun = [];
  const { testResults } = await runGroups(
    ['a', 'b', 'c', 'd', 'e'].map((name) => `main/${name}.test.ts`),
    async (group) => {
      begun.push(group.length);
      if (group.includes('main/b.test.ts')) return;
      return report(...group.map((path) => [path, { one: 'passed' }, 'passed']));
    },
    3,
  );
  expect(begun).toEqual([3, 1, 1, 1, 2]);
  expect(classifyFailures({ testResults }, []).passed).toBe(4);
});

test('a file whose process crashes during its tests is run again by itself, although the report says that it passed', async () => {
  const died = ['main/b.test.ts', { one: 'passed', two: 'pending' }, 'passed'];
  const begun = [];
  const run = (alone) =>
    runGroups(['main/a.test.ts', 'main/b.test.ts'], async (group) => {
      begun.push(group);
      if (group.length === 1) return report(alone);
      return report(['main/a.test.ts', { one: 'passed' }, 'passed'], died);
    });
  const again = await run(['main/b.test.ts', { one: 'passed', two: 'failed' }]);
  expect(begun).toEqual([['main/a.test.ts', 'main/b.test.ts'], ['main/b.test.ts']]);
  expect(classifyFailures(again, [])).toMatchObject({ passed: 2, failures: ['main/b.test.ts: two'] });
  expect((await run(died)).testResults).toHaveLength(1);
});
