import type { Locator, Page } from 'playwright/test';
import { expect, test } from './fixtures.ts';
import { Bench } from './pages/bench.ts';

/** Makes the page believe that it runs on a Mac, through the browser's platform name. */
async function emulateMac(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const mac = navigator.userAgent.replace(/\([^)]*\)/, '(Macintosh; Intel Mac OS X 10_15_7)');
    Object.defineProperty(Navigator.prototype, 'userAgent', { get: () => mac });
  });
  await page.reload();
  await page.locator('html[data-ready="true"]').waitFor({ state: 'attached' });
}

/** Presses a key during input-method composition. */
const composing = (field: Locator, key: string, held: KeyboardEventInit = {}) =>
  field.dispatchEvent('keydown', { key, isComposing: true, bubbles: true, cancelable: true, ...held });

test('on a Mac shortcuts use Command, and Control belongs to the text field', async ({ panel }) => {
  const { page } = panel;
  await emulateMac(page);
  const bench = new Bench(page);
  const palette = page.getByRole('combobox', { name: 'All commands' });
  await bench.message().focus();
  for (const key of ['k', 'n', 'p', 'f', 'd']) await page.keyboard.press(`Control+${key}`);
  await expect(bench.message()).toBeFocused();
  await expect(palette).toHaveCount(0);
  await page.keyboard.press('Meta+k');
  await expect(palette).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(palette).toHaveCount(0);
  await expect(bench.view('Bench')).toBeVisible();
});

test('on a Mac shortcuts are named as on its keyboard, in its order', async ({ panel }) => {
  const { page } = panel;
  await emulateMac(page);
  await page.keyboard.press('Meta+,');
  const keys = page.getByRole('definition').filter({ hasText: /./ });
  await expect(keys.first()).toBeVisible();
  const terms = await page.locator('dt').allTextContents();
  expect(terms).toContain('⌘K');
  expect(terms).toContain('⇧⌘L');
  expect(terms.filter((term) => /Ctrl|Alt/.test(term))).toEqual([]);
});

test('Enter and Esc during input-method composition neither send, rename nor close', async ({ panel }) => {
  const { page } = panel;
  const bench = new Bench(page);
  await bench.message().fill('にほんご');
  await composing(bench.message(), 'Enter', { ctrlKey: true });
  await expect(bench.reply).toHaveCount(0);

  await page.keyboard.press('Control+s');
  await page.getByRole('button', { name: 'にほんご', exact: true }).press('F2');
  const box = page.getByRole('textbox', { name: 'Name', exact: true });
  await box.fill('台詞');
  await composing(box, 'Enter');
  await composing(box, 'Escape');
  await expect(box).toBeFocused();
  await box.press('Enter');
  await expect(box).toHaveCount(0);
  await expect(page.getByText('台詞', { exact: true }).first()).toBeVisible();
});
