import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { electronEnvironment } from '../electron-runtime.mjs';
import { hasDisplay, virtualDisplay } from './display.mjs';
import { findCommand } from './find-chromium.mjs';
import { projectRoot, readJson } from './project.mjs';
import { packageBin, run } from './run.mjs';
import { runAcceptance } from '../windows/acceptance.mjs';
import { MAIN_PATHS, runSuite } from '../windows/suite.mjs';
import { countPlaywright, countStep, countVitest, failedInPlaywright, failedInVitest } from './totals.mjs';

const tool = (name, title, packageName, command, args) => ({
  name,
  title,
  needs: {},
  run: async () => countStep(await run(process.execPath, [packageBin(packageName, command), ...args])),
});

/** @param {string[]} projects of vitest.config.ts; none stands for all */
async function unit({ reports, environment }, projects = []) {
  const file = join(reports, 'vitest.json');
  const args = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  args.push(...projects.map((name) => `--project=${name}`));
  const code = await run(process.execPath, [packageBin('vitest'), 'run', ...args], { env: environment });
  const report = readJson(file);
  return { ...countVitest(report, code), failures: failedInVitest(report) };
}

/** Runs Playwright, on a virtual display if there is none. Counts as one failure if that is not available. */
async function playwright(args, file, environment) {
  const wrap = hasDisplay() ? [] : virtualDisplay;
  if (wrap.length > 0 && !findCommand('xvfb-run')) {
    console.log('There is no display and no xvfb-run: the window cannot be tested here.');
    return countStep(1);
  }
  const all = [packageBin('playwright'), 'test', '--reporter=list,json', ...args];
  const [command, ...rest] = [...wrap, process.execPath, ...all];
  const env = { ...environment, PLAYWRIGHT_JSON_OUTPUT_NAME: file };
  const code = await run(command, rest, { env });
  const report = readJson(file);
  return { ...countPlaywright(report, code), failures: failedInPlaywright(report) };
}

async function e2e({ reports, environment, electron, electronError }) {
  // Without an Electron, each of its specs would wait for its time limit.
  const only = electron ? [] : ['--project=web'];
  if (!electron) console.log(`No Electron: ${electronError} Its specs count as one failed.`);
  const totals = await playwright(only, join(reports, 'playwright.json'), environment);
  return electron ? totals : { ...totals, failed: totals.failed + 1 };
}

/** A minute of mixed calls. It mostly waits, so it runs beside the other steps and prints its table at the end. */
async function soak({ reports, environment }) {
  const file = join(reports, 'soak.txt');
  const output = openSync(file, 'w');
  const script = join(projectRoot, 'bench', 'soak.mjs');
  const stdio = ['ignore', output, output];
  const code = await run(process.execPath, [script, '--seconds', '60'], { env: environment, stdio });
  closeSync(output);
  console.log(`\nsoak, which ran beside the other steps:\n${readFileSync(file, 'utf8')}`);
  return countStep(code);
}

/** The app as it is shipped, as far as this machine's Electron allows, and the spec that starts it. */
async function packaged({ reports, environment, electron, electronError }) {
  if (!electron) {
    console.log(`No Electron to package: ${electronError}`);
    return countStep(1);
  }
  const code = await run(process.execPath, [join('scripts', 'package.mjs'), '--dir'], { env: environment });
  if (code !== 0) return countStep(code);
  return playwright(['-c', 'e2e/packaged/playwright.config.ts'], join(reports, 'packaged.json'), environment);
}

/** The steps for Windows that take minutes, and a note on how to run the others. */
async function windows() {
  const totals = await runSuite({ paths: MAIN_PATHS });
  console.log('All of it, for hours: node scripts/test.mjs --only=windows-all,windows-acceptance');
  return totals;
}

const TEST_STEPS = [
  {
    name: 'soak',
    title: 'node bench/soak.mjs --seconds 60',
    needs: { build: true },
    beside: true,
    run: soak,
  },
  tool('types', 'tsc -b', 'typescript', 'tsc', ['-b']),
  tool('lint', 'oxlint', 'oxlint', 'oxlint', []),
  tool('format', 'oxfmt --check .', 'oxfmt', 'oxfmt', ['--check', '.']),
  tool('unused', 'knip', 'knip', 'knip', []),
  {
    name: 'unit',
    title: 'vitest run',
    needs: { build: true, postgres: true },
    run: (context) => unit(context),
  },
  {
    name: 'quick',
    title: 'the unit tests that start no other programs and databases',
    needs: { build: true },
    byName: true,
    run: (context) => unit(context, ['together', 'page']),
  },
  {
    name: 'windows',
    title: 'files, batch, paths and server on a Windows Node under wine',
    needs: { build: true },
    byName: true,
    run: windows,
  },
  {
    name: 'windows-all',
    title:
      'all unit tests of the product on a Windows Node; runs by its name alone, it takes longer than all others together',
    needs: { build: true },
    byName: true,
    run: () => runSuite(),
  },
  {
    name: 'windows-acceptance',
    title:
      'the built product on a Windows Node: killed batches, held files, long paths; runs by its name alone',
    needs: { build: true },
    byName: true,
    run: () => runAcceptance(),
  },
  {
    name: 'e2e',
    title: 'playwright test',
    needs: { build: true, electron: true, browser: true, keyring: true },
    run: e2e,
  },
  {
    name: 'package',
    title: 'electron-builder --dir, and the packaged app',
    needs: { build: true, electron: true, keyring: true },
    run: packaged,
  },
];

/**
 * The steps of `npm test`, in order: all except those that run only by name, or those of `--only=name,name`.
 * @param {string[]} args
 * @returns {typeof TEST_STEPS} each one's `run` returns how much passed and failed
 * @throws for an unknown step
 */
export function chooseSteps(args) {
  const only = args
    .find((arg) => arg.startsWith('--only='))
    ?.slice('--only='.length)
    .split(',');
  const names = TEST_STEPS.map((step) => step.name);
  const unknown = only?.filter((name) => !names.includes(name)) ?? [];
  if (unknown.length > 0)
    throw new Error(`No step is called ${unknown.join(', ')}: there are ${names.join(', ')}.`);
  return TEST_STEPS.filter((step) => (only ? only.includes(step.name) : !step.byName));
}

/** The environment of steps that start the product. */
export function testEnvironment({ electron, chromium, postgres }) {
  const env = electronEnvironment(electron);
  return {
    ...env,
    ...(electron && { PANEL_ELECTRON: electron.executable }),
    ...(chromium && { PANEL_CHROMIUM: chromium }),
    ...(postgres && { PANEL_POSTGRES: postgres }),
  };
}
