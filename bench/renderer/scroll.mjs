import { quantile } from '../support/table.mjs';
import { startFrames, stopFrames } from './frames.mjs';

const limit = 33;
const wheelStep = 700;

const goTo = (page, name) =>
  page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name }).click();

const grid = (page) => page.getByRole('grid', { name: 'Calls' });

/** How many calls the table has, as it tells assistive software; -1 while older ones are still to come. */
const rowCount = async (page) => Number(await grid(page).getAttribute('aria-rowcount'));

const lastShown = (page) =>
  page.evaluate(() =>
    Math.max(...[...document.querySelectorAll('[data-at]')].map((row) => Number(row.dataset.at))),
  );

async function recorded(page, name, work) {
  await startFrames(page);
  await work();
  const { frames, tasks } = await stopFrames(page);
  const over = frames.filter((ms) => ms > limit).length;
  return [
    name,
    frames.length,
    quantile(frames, 0.5).toFixed(1),
    quantile(frames, 0.99).toFixed(1),
    Math.max(...frames).toFixed(1),
    over,
    tasks.length,
  ];
}

const head = [
  '10,000 log rows',
  'frames',
  'median',
  '99 %',
  'longest',
  `over ${limit} ms`,
  'tasks over 50 ms',
];

/** Scrolls through the whole log by wheel, which loads it page by page, then back and through it by keys. */
export async function measureScroll(page) {
  await goTo(page, 'History');
  await grid(page).getByRole('row').nth(5).waitFor();
  const box = await grid(page).locator('..').boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const rows = [await recorded(page, 'nothing moves', () => page.waitForTimeout(2000))];
  rows.push(
    await recorded(page, 'wheel down, pages are loaded', async () => {
      while ((await rowCount(page)) < 0) await page.mouse.wheel(0, wheelStep);
    }),
  );
  const count = (await rowCount(page)) - 1;
  rows.push(
    await recorded(page, 'wheel up', async () => {
      while ((await page.locator('[data-at="0"]').count()) === 0) await page.mouse.wheel(0, -wheelStep * 2);
    }),
  );
  await page.locator('[data-at="0"]').focus();
  rows.push(
    await recorded(page, 'Page Down to the end', async () => {
      while ((await lastShown(page)) < count - 1) await page.keyboard.press('PageDown');
    }),
  );
  rows.push(
    await recorded(page, 'arrow up, 300 rows', async () => {
      for (let i = 0; i < 300; i++) await page.keyboard.press('ArrowUp');
    }),
  );
  rows.push(
    await recorded(page, 'scroll bar dragged, 300 places', () =>
      page.evaluate(async () => {
        const box = document.querySelector('[role=grid]').parentElement;
        for (let i = 0; i < 300; i++) {
          box.scrollTop = ((i * 7919) % 10_000) * (box.scrollHeight / 10_000);
          await new Promise(requestAnimationFrame);
        }
      }),
    ),
  );
  return { head, rows, count };
}
