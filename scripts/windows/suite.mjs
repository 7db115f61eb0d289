import '../support/check-node.mjs';
import { mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { projectRoot, readJson } from '../support/project.mjs';
import { packageBin } from '../support/run.mjs';
import { closingLine } from '../support/totals.mjs';
import { consoleStops } from './console-stop.mjs';
import { nodeUnderWine, prepareWine, whyNoWine, windowsPath } from './wine.mjs';

/**
 * The product's own folders. Tests of the tools are left out: they need git, a shell and compilers, which
 * this Windows lacks.
 */
export const FOLDERS = ['contract', 'main', 'packaging', 'preload', 'prompt-packs', 'registry', 'renderer'];

/**
 * The part that `--only=windows` runs, where Windows differs most: files that are replaced, appended to,
 * locked and held; a batch and its journal; paths and names; the server, its port, and the ways to stop it.
 */
export const MAIN_PATHS = [
  'main/cli/batch',
  'main/host-node',
  'main/http/listen.test.ts',
  'main/http/port',
  'main/core/lib/files/append-file.test.ts',
  'main/core/lib/files/file-name.test.ts',
  'main/core/lib/files/folder-lock.test.ts',
  'main/core/lib/log/log-file.test.ts',
  'main/core/lib/files/read-text-file.test.ts',
  'main/core/lib/files/replace-file.test.ts',
  'main/core/lib/sqlite-driver.test.ts',
  'main/core/presets/kept-files.test.ts',
  'main/core/prompt-packs/moved-folders.test.ts',
];

/** Wine starts processes and loads modules many times slower than Linux. */
const TEST_MS = 120_000;

/**
 * Files per vitest process: a process that hangs or crashes affects only these. A file without a result runs
 * once more, by itself.
 */
const GROUP = 10;
/** The slowest file, with hundreds of whole calls, takes a quarter of an hour on a busy machine. */
const GROUP_MS = 40 * 60 * 1000;
const ALONE_MS = 25 * 60 * 1000;

/**
 * @typedef {{ file: string, tests: string[] | 'all', why: string }} Fault tests of one file that cannot pass under wine, each by the
 *   beginning of its full name. `file` is the end of its path, as much as tells it from other files
 */

/** The name of a failure outside a file's tests. */
const broken = 'fails outside its tests';

/** If the process of a file crashed, the report says that the file passed, but its tests are pending. */
const isFinished = ({ assertionResults }) => !assertionResults.some(({ status }) => status === 'pending');

const nameIn = (file) => relative(projectRoot, file.replace(/^[A-Z]:/i, '').replaceAll('\\', '/'));

const isOf = (fault, file) => `/${file}`.endsWith(`/${fault.file}`);

const matches = (fault, file, name) =>
  isOf(fault, file) && (fault.tests === 'all' || fault.tests.some((start) => name.startsWith(start)));

/**
 * Separates failures caused by wine from real ones.
 * @param {any} report vitest's JSON report
 * @param {Fault[]} faults
 * @returns {{ passed: number, excused: number, failures: string[], passedAgain: string[] }} `passedAgain` are faults of
 *   files that ran, none of whose tests failed
 */
export function classifyFailures(report, faults) {
  const found = { passed: 0, excused: 0, failures: [] };
  const used = new Set();
  const ran = report.testResults.map(({ name }) => nameIn(name));
  const excuse = (file, name) => faults.find((fault) => matches(fault, file, name));
  const fail = (file, name) => {
    const fault = excuse(file, name);
    if (!fault) return void found.failures.push(`${file}: ${name}`);
    used.add(fault);
    found.excused++;
  };
  for (const { name: path, status, assertionResults } of report.testResults) {
    const file = nameIn(path);
    // No test reports a file that does not load, a hook that fails, or a process that crashes.
    if (status === 'failed' && !assertionResults.some((test) => test.status === 'failed')) fail(file, broken);
    for (const { fullName, status: outcome } of assertionResults) {
      if (outcome === 'passed') found.passed++;
      if (outcome === 'failed') fail(file, fullName);
    }
  }
  const passedAgain = faults
    .filter((fault) => ran.some((file) => isOf(fault, file)) && !used.has(fault))
    .map(({ file, tests }) => `${file}: ${tests === 'all' ? tests : tests.join(' | ')}`);
  return { ...found, passedAgain };
}

/** What each failed test says, in short. */
const messagesOf = ({ testResults }) =>
  testResults
    .flatMap(({ message, assertionResults }) => [
      message,
      ...assertionResults.flatMap(({ failureMessages }) => failureMessages ?? []),
    ])
    .filter(Boolean)
    // vitest's report has only this name for a test that ran out of time.
    .map((message) => message.replace('STACK_TRACE_ERROR', 'ran out of time'))
    .map((message) => `  ${message.slice(0, 600).replaceAll('\n', '\n  ')}`);

/** The test files in folders, and given files, as paths in the project. */
export function testFiles(paths) {
  return paths.flatMap((path) => {
    const full = join(projectRoot, path);
    if (!statSync(full).isDirectory()) return [path];
    const names = readdirSync(full, { recursive: true }).map(String).toSorted();
    const tests = names.filter((name) => /\.test\.(ts|tsx|mjs)$/.test(name));
    return tests.map((name) => join(path, name).replaceAll('\\', '/'));
  });
}

/** Files none of whose tests can pass. They are not run, because some of them crash the process. */
const isUnrunnable = (faults, file) => faults.some((fault) => fault.tests === 'all' && isOf(fault, file));

/** Files without a result: a process that crashes loses the files that were still waiting for it. */
export function missingFiles(report, paths, faults = []) {
  const ran = new Set(report.testResults.map(({ name }) => nameIn(name)));
  return testFiles(paths).filter((file) => !ran.has(file) && !isUnrunnable(faults, file));
}

/**
 * Runs the product's unit tests on a Windows Node under wine, and the console test of its server.
 * @param {{ paths?: string[] }} [options] folders or files of tests
 * @returns {Promise<import('../support/totals.mjs').Totals>}
 * @throws if wine cannot be set up
 */
export async function runSuite({ paths = FOLDERS } = {}) {
  const why = whyNoWine();
  if (why) {
    console.log(`Not run: ${why}`);
    return { passed: 0, failed: 0, notRun: why };
  }
  const folder = await prepareWine(console.log);
  const faults = readJson(join(import.meta.dirname, 'wine-faults.json'));
  const files = testFiles(paths).filter((file) => !isUnrunnable(faults, file));
  const work = mkdtempSync(join(tmpdir(), 'panel-wine-'));
  try {
    const report = await runGroups(files, async (group, timeoutMs) => {
      const found = await runGroup(folder, work, group, timeoutMs);
      // If the run is stopped early, it has at least printed these.
      for (const failure of found ? classifyFailures(found, faults).failures : [])
        console.log(`failed so far: ${failure}`);
      for (const message of found ? messagesOf(found) : []) console.log(message);
      return found;
    });
    const classified = classifyFailures(report, faults);
    const missing = missingFiles(report, paths, faults);
    const problems = await consoleStops(folder);
    return printResults({
      ...classified,
      passed: classified.passed + (problems.length === 0 ? 1 : 0),
      failures: [
        ...classified.failures,
        ...missing.map((file) => `${file}: did not run to its end`),
        ...problems,
      ],
    });
  } finally {
    rmSync(work, { recursive: true, force: true, maxRetries: 3 });
  }
}

/**
 * Runs files in groups; files without a result run once more, each by itself.
 * @param {string[]} files
 * @param {(group: string[], timeoutMs: number) => Promise<any>} runOne returns vitest's JSON report, or nothing if the
 *   process ended without one
 * @param {number} [size] files per group
 * @returns {Promise<{ testResults: any[] }>} all reports as one, each file once
 */
export async function runGroups(files, runOne, size = GROUP) {
  const results = new Map();
  const keep = (report) => {
    for (const result of report?.testResults.filter(isFinished) ?? [])
      results.set(nameIn(result.name), result);
  };
  for (let at = 0; at < files.length; at += size) {
    const group = files.slice(at, at + size);
    keep(await runOne(group, GROUP_MS));
    const silent = group.filter((file) => !results.has(file));
    for (const file of silent) keep(await runOne([file], ALONE_MS));
    console.log(`${Math.min(at + size, files.length)} of ${files.length} files`);
  }
  return { testResults: [...results.values()] };
}

async function runGroup(folder, work, files, timeoutMs) {
  const [json, output] = ['vitest.json', 'output.txt'].map((name) => join(work, name));
  rmSync(json, { force: true });
  const args = [
    windowsPath(packageBin('vitest')),
    'run',
    ...files,
    // That project imitates Windows on Linux.
    '--project=!ntfs',
    `--testTimeout=${TEST_MS}`,
    `--hookTimeout=${TEST_MS}`,
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${windowsPath(json)}`,
  ];
  const code = await nodeUnderWine(folder, args, { output, timeoutMs });
  const report = readJson(json);
  if (report) return report;
  console.log(readFileSync(output, 'utf8').slice(-2000));
  console.log(`vitest under wine left no report (exit code ${code}) for ${files.join(', ')}`);
}

function printResults({ passed, excused, failures, passedAgain }) {
  for (const failure of failures) console.log(`failed: ${failure}`);
  for (const fault of passedAgain)
    console.log(`passed although wine-faults.json lists it (remove it there if this stays so): ${fault}`);
  console.log(`${excused} tests fail because of wine (scripts/windows/wine-faults.json).`);
  return { passed, failed: failures.length };
}

// node scripts/windows/suite.mjs [folders or files of tests]
if (process.argv[1] && realpathSync(process.argv[1]) === import.meta.filename) {
  const paths = process.argv.slice(2);
  const totals = await runSuite(paths.length > 0 ? { paths } : {});
  console.log(closingLine([totals]));
  process.exitCode = totals.failed > 0 ? 1 : 0;
}
