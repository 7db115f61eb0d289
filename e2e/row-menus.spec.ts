import type { Page } from 'playwright/test';
import { expect, test } from './fixtures.ts';
import { Bench } from './pages/bench.ts';
import { Translate } from './pages/translate.ts';

const menuIn = (page: Page) => page.getByRole('menu');
const itemsIn = (page: Page) => menuIn(page).getByRole('menuitem');

test('a call’s row offers the buttons of the inspector, by right click and by keyboard', async ({
  panel,
}) => {
  const { page } = panel;
  const bench = new Bench(page);
  await bench.run();
  await expect(bench.reply).toBeVisible();
  await bench.goTo('History');
  const row = page.getByRole('grid').getByRole('row').nth(1);
  await row.click({ button: 'right' });
  await expect(itemsIn(page)).toHaveText([
    'Open in the inspector',
    'Replay',
    'Open on Bench',
    'Compare',
    'Choose',
  ]);
  await page.keyboard.press('Escape');
  await expect(menuIn(page)).toBeHidden();
  await expect(row).toBeFocused();

  await page.keyboard.press('Shift+F10');
  await expect(itemsIn(page).first()).toBeVisible();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('group', { name: 'Chosen calls' })).toBeVisible();
  await expect(row).toBeFocused();
});

test('a preset’s row makes it active, and leaves the focus on the row', async ({ panel }) => {
  const { page } = panel;
  await new Bench(page).goTo('Modules');
  const other = page.locator('[data-menu]:not([aria-current])').first();
  const id = (await other.getAttribute('data-menu')) ?? '';
  const row = page.locator(`[data-menu="${id}"]`);
  await row.focus();
  await page.keyboard.press('Shift+F10');
  await itemsIn(page).filter({ hasText: 'Duplicate' }).waitFor();
  await itemsIn(page).filter({ hasText: 'Make active' }).click();
  await expect(row).toBeFocused();
  await expect
    .poll(async () => {
      const answer = await panel.ask('registry.get', {});
      return answer.ok && Object.values(answer.data.defaults.modules).map((module) => module.active_preset);
    })
    .toContain(id);
});

test('a preset’s row opens the form for a new name, and deletes without leaving what is on screen', async ({
  panel,
}) => {
  const { page } = panel;
  await new Bench(page).goTo('Modules');
  const made = await panel.ask('presets.create', {
    module: 'translate',
    preset: { provider: 'openai', model: 'gpt-6-luna', options: {}, notes: '' },
  });
  if (!made.ok) throw new Error(made.error.message);
  const { id } = made.data.preset;
  const row = page.locator(`[data-menu="${id}"]`);
  await row.click({ button: 'right' });
  await itemsIn(page).filter({ hasText: 'Rename' }).click();
  const form = page.getByRole('article', { name: id }).getByRole('textbox').first();
  await expect(form).toBeFocused();
  await page.keyboard.press('Escape');
  await page.locator('[data-menu]').first().click();
  const shown = page.url();
  await row.click({ button: 'right' });
  await itemsIn(page).filter({ hasText: 'Delete' }).click();
  await expect(row).toHaveCount(0);
  expect(page.url()).toBe(shown);
});

test('a provider’s row turns it off in the registry, and keeps the focus in the section it moves to', async ({
  panel,
}) => {
  const { page } = panel;
  await new Bench(page).goTo('Providers');
  const row = page.locator('[data-menu="lmstudio_local"]');
  await row.click({ button: 'right' });
  await itemsIn(page).filter({ hasText: 'Turn off' }).click();
  await expect(row).toBeFocused();
  await expect
    .poll(async () => {
      const answer = await panel.ask('registry.get', {});
      return answer.ok && answer.data.providers.find(({ name }) => name === 'lmstudio_local')?.enabled;
    })
    .toBe(false);
  await expect(page.getByRole('region', { name: 'Off' }).locator(row)).toBeFocused();
});

test('a line of Review offers the buttons under the table, approves by its menu, and the focus stays in the table', async ({
  panel,
}) => {
  const { page } = panel;
  const translate = new Translate(panel);
  await translate.open();
  await translate.button('Paste text').click();
  await page.keyboard.type('One fish here.\nTwo fish there.\nThree fish everywhere.');
  await translate.button('Use this text').click();
  await expect(translate.tab(/^Files/)).toHaveAttribute('aria-selected', 'true');
  const project = await translate.projectId();
  await panel.ask('translate.run', { project, mock: true, wait: true });
  await translate.tab('Review').click();

  const states = async () => {
    const answer = await panel.ask('translate.get', { project });
    return answer.ok && answer.data.project.units.by_state;
  };
  const second = translate.rows.nth(1);
  await second.click({ button: 'right' });
  await expect(menuIn(page)).toHaveAccessibleName(/Two fish there/);
  await expect(itemsIn(page)).toHaveText([/^Approve/, /^Edit/, /^Retry/]);
  // Only a line with a problem can be sent again.
  await expect(itemsIn(page).nth(2)).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Escape');
  await expect(menuIn(page)).toBeHidden();
  await expect(second).toBeFocused();

  await page.keyboard.press('Shift+F10');
  await expect(itemsIn(page).first()).toBeVisible();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect.poll(states).toEqual({ draft: 2, reviewed: 1 });
  await expect(translate.rows.nth(2)).toBeFocused();

  await page.keyboard.press('Shift+F10');
  await itemsIn(page).filter({ hasText: 'Edit' }).click();
  const editor = translate.work.getByRole('textbox', { name: 'Translation' });
  await expect(editor).toBeFocused();
  await editor.fill('魚は至る所に。');
  await page.keyboard.press('Enter');
  await expect(translate.rows.nth(2)).toContainText('魚は至る所に。');
  await expect(translate.rows.nth(2)).toBeFocused();
});
