import { quantile } from '../support/table.mjs';
import { startFrames, stopFrames } from './frames.mjs';

const limitMs = 33;

/** Resolves when a frame has been drawn. */
export const drawn = (page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));

/** Records the tasks of the renderer's main thread during `work`, with the CPU time of each. */
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

/** CPU time of the main thread in each frame, in ms. Wall-clock time would include waiting on a busy machine. */
function frameCosts(tasks) {
  const costs = [0];
  for (const { args, tdur = 0 } of tasks) {
    if (args.src_func === 'ScheduledActionSendBeginMainFrame') costs.push(0);
    costs[costs.length - 1] += tdur / 1000;
  }
  return costs.slice(1);
}

/** Does one step per frame until `done`. Measures each frame's CPU time and its wall-clock duration. */
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
  const late = (times) => times.filter((ms) => ms > limitMs).length;
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

/** The column titles for the results of `pass`. */
export const scrollHead = (what) => [
  what,
  'frames',
  'median ms',
  'p99 ms',
  'max ms',
  `over ${limitMs} ms`,
  `over ${limitMs} ms wall-clock`,
];

/** CPU time of the renderer's main thread so far, in ms, by kind. */
async function spent(session) {
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (name) => 1000 * (metrics.find((metric) => metric.name === name)?.value ?? NaN);
  return { script: of('ScriptDuration'), draw: of('LayoutDuration') + of('RecalcStyleDuration') };
}

/** Resolves after two frames, when all work after a key stroke is done. */
const drawnTwice = (page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** Presses a key; returns the time of its scripts and of drawing, in ms. */
export async function keyStroke(page, session, key) {
  const before = await spent(session);
  await page.keyboard.press(key);
  await drawnTwice(page);
  const after = await spent(session);
  return { script: after.script - before.script, draw: after.draw - before.draw };
}

/** The page's heap after a garbage collection, in MB. */
export async function heapMb(session) {
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'JSHeapUsedSize').value / 1024 / 1024;
}
