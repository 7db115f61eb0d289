import { expect, test } from './fixtures.ts';
import { Bench } from './pages/bench.ts';

test('a long list of presets is searched by typing, and chosen from by keyboard alone', async ({ panel }) => {
  const { page } = panel;
  await new Bench(page).pickTarget('The module’s preset');
  const preset = page.getByRole('combobox', { name: /^Preset/ });
  await preset.focus();
  await page.keyboard.press('Enter');
  const search = page.getByRole('combobox', { name: 'Search: Preset' });
  await expect(search).toBeFocused();
  const options = page.getByRole('option');
  const all = await options.count();
  expect(all).toBeGreaterThan(10);
  await page.keyboard.type('claude');
  await expect.poll(() => options.count()).toBeLessThan(all);
  const second = (await options.nth(1).locator('span').nth(1).textContent()) ?? '';
  expect(second).toContain('claude');
  await page.keyboard.press('ArrowDown');
  await expect(options.nth(1)).toHaveAttribute('data-highlighted');
  await page.keyboard.press('Enter');
  await expect(options).toHaveCount(0);
  await expect(preset).toHaveAccessibleName(`Preset: ${second}`);
  await expect(preset).toBeFocused();

  await page.keyboard.press('Enter');
  await expect(options).toHaveCount(all);
  // J, K and R are shortcuts of the review: here they are letters of the search.
  await page.keyboard.type('joker');
  await expect(search).toHaveValue('joker');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('zzz');
  await expect(page.getByText('Nothing matches.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(search).toBeHidden();
  await expect(preset).toBeFocused();
  await expect(preset).toHaveAccessibleName(`Preset: ${second}`);
});

test('a list of a few options opens without a search', async ({ panel }) => {
  const { page } = panel;
  await page.getByRole('combobox', { name: /^Module/ }).click();
  await expect(page.getByRole('option').first()).toBeVisible();
  await expect(page.getByRole('combobox', { name: /^Search/ })).toHaveCount(0);
});
