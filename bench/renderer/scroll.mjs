import { pass, scrollHead } from './measures.mjs';

/** Pixels a frame: nine rows, a hard fling on a touch pad. */
const wheelStep = 250;

const grid = (page) => page.getByRole('grid', { name: 'Calls' });

/** How many calls the table has, as it tells assistive software; -1 while older ones are still to come. */
const rowCount = async (page) => Number(await grid(page).getAttribute('aria-rowcount'));

const lastDrawn = (page) =>
  page.evaluate(() =>
    Math.max(...[...document.querySelectorAll('[data-at]')].map((row) => Number(row.dataset.at))),
  );

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
  return { head: scrollHead('through the log'), rows };
}
