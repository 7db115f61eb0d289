import { quantile } from '../support/table.mjs';
import { startFrames, stopFrames } from './frames.mjs';

const limit = 33;
/** Pixels a frame: nine rows, a hard fling on a touch pad. */
const wheelStep = 250;

const grid = (page) => page.getByRole('grid', { name: 'Calls' });

/** How many calls the table has, as it tells assistive software; -1 while older ones are still to come. */
const rowCount = async (page) => Number(await grid(page).getAttribute('aria-rowcount'));

const lastDrawn = (page) =>
  page.evaluate(() =>
    Math.max(...[...document.querySelectorAll('[data-at]')].map((row) => Number(row.dataset.at))),
  );

const drawn = (page) =>
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
async function pass(page, session, name, { step, done }) {
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

const head = [
  'through the log',
  'frames',
  'median ms',
  '99 % ms',
  'longest ms',
  `over ${limit} ms`,
  `over ${limit} ms by the clock`,
];

/** Scrolls through the whole log by wheel, which loads it page by page, then back and through it by keys. */
export async function measureScroll(page) {
  const session = await page.context().newCDPSession(page);
  await page.evaluate(() => void (window.location.hash = '/history'));
  await grid(page).getByRole('row').nth(5).waitFor();
  const box = await grid(page).locator('..').boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const atTop = async () => (await page.locator('[data-at="0"]').count()) > 0;
  const rows = [];
  const measure = async (name, work) => rows.push(await pass(page, session, name, work));
  await measure('nothing moves', { step() {}, done: (n) => n === 100 });
  await measure('wheel down, pages are loaded', {
    step: () => page.mouse.wheel(0, wheelStep),
    done: async (n) => n % 20 === 0 && (await rowCount(page)) > 0,
  });
  const count = (await rowCount(page)) - 1;
  await measure('wheel up', {
    step: () => page.mouse.wheel(0, -wheelStep),
    done: async (n) => n % 20 === 0 && (await atTop()),
  });
  await page.locator('[data-at="0"]').focus();
  await measure('Page Down', {
    step: () => page.keyboard.press('PageDown'),
    done: async (n) => n % 20 === 0 && (await lastDrawn(page)) >= count - 1,
  });
  await measure('arrow up', { step: () => page.keyboard.press('ArrowUp'), done: (n) => n === 200 });
  return { head, rows };
}
