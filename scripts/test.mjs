import './support/check-node.mjs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeElectron } from './electron-runtime.mjs';
import { setup } from './setup.mjs';
import { hasDisplay } from './support/display.mjs';
import { chooseSteps, testEnvironment } from './support/test-steps.mjs';
import { whyNoWine } from './windows/wine.mjs';
import { closingLine, countStep } from './support/totals.mjs';

let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => (interrupted = true));

async function prepare(steps) {
  const needs = Object.assign({}, ...steps.map((step) => step.needs));
  const ready = await setup({ ...needs, display: needs.electron && !hasDisplay() });
  if (ready.electron) console.log(describeElectron(ready.electron));
  return {
    ...ready,
    environment: testEnvironment(ready),
    reports: mkdtempSync(join(tmpdir(), 'panel-test-')),
  };
}

async function runStep(step, context) {
  console.log(`\n== ${step.name}: ${step.title}`);
  try {
    return await step.run(context);
  } catch (error) {
    console.error(error.message);
    return countStep(1);
  }
}

async function runAll(steps) {
  const context = await prepare(steps);
  const timed = async (step) => {
    const started = Date.now();
    const totals = await runStep(step, context);
    const seconds = Math.round((Date.now() - started) / 1000);
    const outcome = totals.notRun ? `not run: ${totals.notRun}` : `${closingLine([totals])}, ${seconds} s`;
    return { ...totals, line: `${step.name}: ${outcome}` };
  };
  const beside = steps.filter((step) => step.beside).map(timed);
  const results = [];
  for (const step of steps.filter((one) => !one.beside)) {
    if (interrupted) break;
    results.push(await timed(step));
  }
  results.push(...(await Promise.all(beside)));
  rmSync(context.reports, { recursive: true, force: true });
  const failures = results.flatMap((result) => result.failures ?? []);
  if (failures.length > 0) console.log(`\nFailed:\n${failures.join('\n')}`);
  console.log(`\n${results.map((result) => result.line).join('\n')}`);
  return interrupted ? [...results, countStep(1)] : results;
}

let results;
try {
  results = await runAll(chooseSteps(process.argv.slice(2)));
} catch (error) {
  console.error(error.message);
  results = [countStep(1)];
}
if (process.argv.length === 2)
  console.log(
    `windows: not run: ${whyNoWine() ?? 'it runs by name: node scripts/test.mjs --only=windows,windows-all,windows-acceptance'}`,
  );
console.log(closingLine(results));
process.exitCode = results.some(({ failed }) => failed > 0) ? 1 : 0;
