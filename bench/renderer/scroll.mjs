import { median, quantile } from '../support/table.mjs';
import { drawn, heapMb, keyStroke, pass, scrollHead } from './measures.mjs';

/** Pixels per frame: nine rows, as in a fast swipe on a touch pad. */
const wheelStep = 250;

const grid = (page) => page.getByRole('grid', { name: 'Calls' });

/** The number of calls in the table, from its ARIA attribute; -1 while older calls can still be loaded. */
const rowCount = async (page) => Number(await grid(page).getAttribute('aria-rowcount'));

const lastDrawn = (page) =>
  page.evaluate(() =>
    Math.max(...[...document.querySelectorAll('[data-at]')].map((row) => Number(row.dataset.at))),
  );

/** Types a word into the search and deletes it again; returns the script time of each key, in ms. */
async function typeInSearch(page, session) {
  await page.getByRole('searchbox', { name: 'Search' }).click();
  const strokes = [];
  for (const key of [...'openrouter', ...Array.from({ length: 10 }, () => 'Backspace')])
    strokes.push((await keyStroke(page, session, key)).script);
  await drawn(page);
  return strokes;
}

/**
 * Scrolls down the log by wheel, which loads it page by page, then up again, then by keys.
 * @param {number} maxSteps the maximum frames of a pass, so a long log is not read to its end
 */
export async function measureScroll(page, _root, maxSteps) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.setTimeDomain', { timeDomain: 'threadTicks' });
  await session.send('Performance.enable');
  await page.evaluate(() => void (window.location.hash = '/history'));
  await grid(page).getByRole('row').nth(5).waitFor();
  const box = await grid(page).locator('..').boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const atTop = async () => (await page.locator('[data-at="0"]').count()) > 0;
  const before = await heapMb(session);
  const rows = [];
  const measure = async (name, { step, done }) =>
    rows.push(await pass(page, session, name, { step, done: async (n) => n >= maxSteps || (await done(n)) }));
  await measure('no scrolling', { step() {}, done: (n) => n === 100 });
  await measure('wheel down, pages are loaded', {
    step: () => page.mouse.wheel(0, wheelStep),
    done: async (n) => n % 20 === 0 && (await rowCount(page)) > 0,
  });
  const last = (await rowCount(page)) - 2;
  const loaded = await heapMb(session);
  await measure('wheel up', {
    step: () => page.mouse.wheel(0, -wheelStep),
    done: async (n) => n % 20 === 0 && (await atTop()),
  });
  await grid(page).locator('[role="row"][tabindex="0"]').focus();
  await measure('Page Down', {
    step: () => page.keyboard.press('PageDown'),
    done: async (n) => n % 20 === 0 && last >= 0 && (await lastDrawn(page)) >= last,
  });
  await measure('arrow up', { step: () => page.keyboard.press('ArrowUp'), done: (n) => n === 200 });
  const strokes = await typeInSearch(page, session);
  const after = await heapMb(session);
  const ms = (value) => value.toFixed(1);
  console.log(
    `a key in the search: script median ${ms(median(strokes))} ms, p95 ${ms(quantile(strokes, 0.95))} ms, max ${ms(Math.max(...strokes))} ms (n ${strokes.length})`,
  );
  console.log(
    `heap: ${ms(before)} MB before, ${ms(loaded)} MB after scrolling down, ${ms(after)} MB at the end`,
  );
  return { head: scrollHead('scrolling through the log'), rows };
}
