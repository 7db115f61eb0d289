import { quantile } from '../support/table.mjs';
import { startFrames, stopFrames } from './frames.mjs';

const limit = 33;

/** Resolves when a frame has been drawn. */
export const drawn = (page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));

/** Records the tasks of the renderer's main thread while `work` goes on, with the processor time of each. */
async function tasksDuring(session, work) {
  const events = [];
  const collect = ({ value }) => events.push(...value);
  session.on('Tracing.dataCollected', collect);
  const traceConfig = { includedCategories: ['toplevel', 'devtools.timeline'] };
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig });
  await work();
  const complete = new Promise((done) => session.once('Tracing.tracingComplete', done));
  await session.send('Tracing.end');
  await complete;
  session.off('Tracing.dataCollected', collect);
  const main = events.find(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const isTask = ({ name, pid, tid }) => pid === main.pid && tid === main.tid && name.endsWith('RunTask');
  return events.filter(isTask).sort((a, b) => a.ts - b.ts);
}

/** Processor time of the main thread in each frame, in ms: the clock would count the waiting for others as well. */
function frameCosts(tasks) {
  const costs = [0];
  for (const { args, tdur = 0 } of tasks) {
    if (args.src_func === 'ScheduledActionSendBeginMainFrame') costs.push(0);
    costs[costs.length - 1] += tdur / 1000;
  }
  return costs.slice(1);
}

/** One step a frame until `done`; what each frame cost, and how long the frames were by the clock. */
export async function pass(page, session, name, { step, done }) {
  await startFrames(page);
  const tasks = await tasksDuring(session, async () => {
    for (let n = 0; !(await done(n)); n++) {
      await step(n);
      await drawn(page);
    }
  });
  const { frames } = await stopFrames(page);
  const costs = frameCosts(tasks);
  const late = (times) => times.filter((ms) => ms > limit).length;
  const ms = (value) => value.toFixed(1);
  return [
    name,
    costs.length,
    ms(quantile(costs, 0.5)),
    ms(quantile(costs, 0.99)),
    ms(Math.max(...costs)),
    late(costs),
    `${late(frames)} of ${frames.length}`,
  ];
}

/** The names of the figures of `pass`. */
export const scrollHead = (what) => [
  what,
  'frames',
  'median ms',
  '99 % ms',
  'longest ms',
  `over ${limit} ms`,
  `over ${limit} ms by the clock`,
];

/** Milliseconds of processor time that the renderer's main thread has spent so far, by kind. */
async function spent(session) {
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (name) => 1000 * (metrics.find((metric) => metric.name === name)?.value ?? NaN);
  return { script: of('ScriptDuration'), draw: of('LayoutDuration') + of('RecalcStyleDuration') };
}

/** Resolves when two frames have been drawn: whatever a key stroke set going is over. */
const drawnTwice = (page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** A key press; the script and the drawing that it costs, in ms. */
export async function keyStroke(page, session, key) {
  const before = await spent(session);
  await page.keyboard.press(key);
  await drawnTwice(page);
  const after = await spent(session);
  return { script: after.script - before.script, draw: after.draw - before.draw };
}

/** What the page holds after a collection of garbage, in MB. */
export async function heapMb(session) {
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'JSHeapUsedSize').value / 1024 / 1024;
}
