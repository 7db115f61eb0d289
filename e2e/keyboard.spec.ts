import type { Page } from 'playwright/test';
import { expect, test } from './fixtures.ts';
import { Frame } from './pages/frame.ts';

const folder = 'config/llm/providers';
const own = (name: string) => ({ name, adapter: 'openai_compat', base: 'http://127.0.0.1:9/v1' });

const list = (page: Page) => page.getByRole('navigation', { name: 'List' });
const focusedText = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '');
const focusIsOnPage = (page: Page) => page.evaluate(() => document.activeElement === document.body);

test.describe('a list', () => {
  test.use({ plantedFiles: { [`${folder}/zeta.json`]: own('zeta') } });

  test(
    'is one Tab stop, and arrows, Home, End and letters move in it',
    { tag: '@page' },
    async ({ panel }) => {
      const { page } = panel;
      await new Frame(page).goTo('Providers');
      const stops = list(page).locator('[data-row][tabindex="0"]');
      await expect(stops).toHaveCount(1);
      await stops.focus();
      await page.keyboard.press('Home');
      expect(await focusedText(page)).toContain('All models');
      await page.keyboard.press('End');
      expect(await focusedText(page)).toContain('notices');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('z');
      expect(await focusedText(page)).toBe('zeta');
      await expect(stops).toHaveCount(1);
      await expect(stops).toHaveText('zeta');
    },
  );

  test('is reached from its search field with the down arrow', { tag: '@page' }, async ({ panel }) => {
    const { page } = panel;
    await new Frame(page).goTo('Providers');
    await page.keyboard.press('Control+f');
    await page.keyboard.type('zet');
    await page.keyboard.press('ArrowDown');
    expect(await focusedText(page)).toBe('zeta');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('article', { name: 'zeta', exact: true })).toBeVisible();
  });
});

test('the navigation rail is one Tab stop', { tag: '@page' }, async ({ panel }) => {
  const { rail } = new Frame(panel.page);
  await expect(rail.locator('[tabindex="0"]')).toHaveCount(1);
  await rail.locator('[tabindex="0"]').focus();
  await panel.page.keyboard.press('ArrowDown');
  await panel.page.keyboard.press('Enter');
  await expect(panel.page.getByRole('main', { name: 'Translate' })).toBeVisible();
});

test('Ctrl+N moves the focus into what it opens', async ({ panel }) => {
  const { page } = panel;
  await new Frame(page).goTo('Providers');
  await list(page).locator('[data-row][tabindex="0"]').focus();
  await page.keyboard.press('Control+n');
  const inMain = () =>
    page.evaluate(() => document.activeElement?.closest('main') !== null && document.activeElement?.tagName);
  await expect.poll(inMain).toMatch(/INPUT|TEXTAREA/);
});

test.describe('a focused element that is removed', () => {
  test.use({ plantedFiles: { [`${folder}/zeta.json`]: own('zeta') } });

  test('passes the focus to its neighbour, never to the page', { tag: '@page' }, async ({ panel }) => {
    const { page } = panel;
    await new Frame(page).goTo('Providers');
    const row = list(page).getByRole('button', { name: 'zeta' });
    await row.focus();
    await panel.ask('providers.remove', { name: 'zeta' });
    await expect(row).toHaveCount(0);
    await expect.poll(() => focusIsOnPage(page)).toBe(false);
    await page.getByRole('button', { name: 'Recent changes' }).click();
    await page.getByRole('button', { name: /^Undo: removed the provider zeta/ }).press('Enter');
    await expect(page.getByRole('dialog', { name: 'Recent changes' })).toContainText(
      'There is nothing to undo',
    );
    await expect.poll(() => focusIsOnPage(page)).toBe(false);
    await page.keyboard.press('Escape');
    await expect(row).toHaveCount(1);
    await expect.poll(() => focusIsOnPage(page)).toBe(false);
  });
});

test('panes are resized with the keyboard, and keep their width', { tag: '@page' }, async ({ panel }) => {
  const { page } = panel;
  const width = async () => (await list(page).boundingBox())?.width ?? 0;
  const before = await width();
  await page.getByRole('separator', { name: 'Width of the list' }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(width).toBeLessThan(before);
  const after = await width();
  await new Frame(page).goTo('Providers');
  expect(Math.abs((await width()) - after)).toBeLessThanOrEqual(2);
  await page.reload();
  await expect.poll(async () => Math.abs((await width()) - after)).toBeLessThanOrEqual(2);
});
