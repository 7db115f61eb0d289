import type { Locator, Page } from 'playwright/test';
import { expect, onlyIn, test } from './fixtures.ts';
import { Bench } from './pages/bench.ts';
import { Frame } from './pages/frame.ts';
import { keepsFocus } from './support/crawler.ts';
import type { Panel } from './support/panel.ts';

onlyIn('web', 'the page is the same in both; in a browser, opening a file is an event instead of a dialog');

const folder = 'config/llm/providers';
const own = (name: string) => ({ name, adapter: 'openai_compat', base: 'http://127.0.0.1:9/v1' });

test.use({
  plantedFiles: Object.fromEntries(
    ['zeta', 'eta', 'theta'].map((name) => [`${folder}/${name}.json`, own(name)]),
  ),
});

/** Creates an item for each kind of list row. */
async function createItems(panel: Panel): Promise<void> {
  for (const content of ['one', 'two', 'three'])
    await panel.ask('chat.send', { provider: 'stub', messages: [{ role: 'user', content }] });
  for (const model of ['gpt-6-luna', 'gpt-4o'])
    await panel.ask('presets.create', {
      module: 'translate',
      preset: { provider: 'openai', model, options: {}, notes: '' },
    });
  await panel.ask('packs.duplicate', { module: 'translate' });
  const created = await panel.ask('translate.create', {
    sample: true,
    provider: 'stub',
    target_language: 'Japanese',
  });
  if (!created.ok) throw new Error(created.error.message);
  const project = created.data.project.id;
  await panel.ask('translate.import', { project });
  await panel.ask('translate.run', { project, mock: true, wait: true });
}

/** The elements of a view that have a menu: up to two per part, rows and menu buttons. */
const openers = (page: Page) =>
  page.evaluate(() => {
    const marks: string[] = [];
    const perPart = new Map<Element | null, number>();
    for (const element of document.querySelectorAll<HTMLElement>(
      '[data-menu], main [aria-haspopup=menu], nav[aria-label=List] [aria-haspopup=menu]',
    )) {
      const part = element.closest('section, [role=grid]');
      const count = (perPart.get(part) ?? 0) + 1;
      perPart.set(part, count);
      if (count <= 2 && element.checkVisibility())
        marks.push(element.dataset.menu ?? `button:${element.textContent ?? ''}`);
    }
    return marks;
  });

function openerOf(page: Page, mark: string): Locator {
  const [, name] = /^button:(.*)$/s.exec(mark) ?? [];
  return name === undefined
    ? page.locator(`[data-menu="${mark}"]`).first()
    : page.locator('[aria-haspopup=menu]').filter({ hasText: name }).first();
}

/** Opens a menu by keyboard; returns its enabled entries. */
async function openMenu(page: Page, mark: string): Promise<Locator[] | null> {
  const opener = openerOf(page, mark);
  if ((await opener.count()) === 0) return null;
  await opener.focus();
  await page.keyboard.press(mark.startsWith('button:') ? 'Enter' : 'Shift+F10');
  const items = page.getByRole('menu').getByRole('menuitem');
  await items.first().waitFor();
  const enabled: Locator[] = [];
  for (const item of await items.all())
    if ((await item.getAttribute('aria-disabled')) !== 'true') enabled.push(item);
  return enabled;
}

const viewsWithMenus = ['Providers', 'Modules', 'History', 'Translate'] as const;

for (const name of viewsWithMenus)
  test(`every entry of every menu of ${name} leaves the focus in the page`, async ({ panel }) => {
    test.setTimeout(240_000);
    const { page } = panel;
    await createItems(panel);
    // Some entries call a provider that does not exist, and fail as intended.
    panel.watch.expect(/status of \d{3}/);
    const frame = new Frame(page);
    await frame.goTo(name);
    if (name === 'Translate') await page.getByRole('tab', { name: /^Review/ }).click();
    const address = new URL(page.url()).hash;
    await expect.poll(() => openers(page)).not.toEqual([]);
    const lost: string[] = [];
    let chosen = 0;
    for (const mark of await openers(page)) {
      for (let at = 0; ; at++) {
        const items = await openMenu(page, mark);
        const item = items?.[at];
        if (!item) {
          await page.keyboard.press('Escape');
          break;
        }
        const entry = `${mark} > ${await item.innerText()}`;
        await item.focus();
        await page.keyboard.press('Enter');
        chosen++;
        await expect(page.getByRole('menu')).toHaveCount(0);
        if (!(await keepsFocus(page))) lost.push(entry);
        await page.keyboard.press('Escape');
        if (!(await keepsFocus(page))) lost.push(`Escape after ${entry}`);
        await page.evaluate((hash) => void (location.hash = hash), address);
        await frame.view(name).waitFor();
        await expect.poll(() => openers(page)).not.toEqual([]);
      }
    }
    expect(lost).toEqual([]);
    expect(chosen).toBeGreaterThan(3);
  });

/** Actions that remove the focused element, or a part around it. */
const removals: [what: string, go: (panel: Panel) => Promise<Locator | string>][] = [
  [
    'deleting a preset',
    async ({ page, ask }) => {
      await new Frame(page).goTo('Modules');
      const made = await ask('presets.list', { module: 'translate' });
      const own = made.ok ? made.data.presets.find(({ origin }) => origin === 'user') : undefined;
      await page.locator(`[data-menu="${own?.id}"]`).click();
      return page.getByRole('main').getByRole('button', { name: 'Delete', exact: true });
    },
  ],
  [
    'deleting a prompt pack',
    async ({ page }) => {
      await new Frame(page).goTo('Prompt packs');
      await page.getByRole('region', { name: 'Mine' }).locator('[data-row]').first().click();
      return page.getByRole('main').getByRole('button', { name: 'Delete', exact: true });
    },
  ],
  [
    'removing a provider',
    async ({ page }) => {
      await new Frame(page).goTo('Providers');
      await page.locator('[data-menu="zeta"]').click();
      return page.getByRole('main').getByRole('button', { name: /^(Remove|Delete)/ });
    },
  ],
  [
    'deleting a saved input with its shortcut',
    async ({ page }) => {
      await new Bench(page).goTo('Bench');
      for (let n = 0; n < 2; n++) await page.keyboard.press('Control+S');
      await page
        .getByRole('region', { name: /^Saved/ })
        .locator('[data-row]')
        .first()
        .focus();
      return 'Delete';
    },
  ],
  [
    'closing a column',
    async ({ page }) => {
      await new Bench(page).goTo('Bench');
      await page.keyboard.press('Control+\\');
      return page.getByRole('button', { name: 'Close column 2' });
    },
  ],
  [
    'pressing Undo in a notice',
    async ({ page }) => {
      await new Bench(page).goTo('Bench');
      await page.keyboard.press('Control+S');
      return page.getByRole('dialog').getByRole('button', { name: 'Undo' });
    },
  ],
  [
    'deleting chosen calls',
    async ({ page }) => {
      await new Frame(page).goTo('History');
      await page.getByRole('grid').getByRole('row').nth(1).focus();
      await page.keyboard.press('Control+Space');
      const chosen = page.getByRole('group', { name: 'Chosen calls' });
      await chosen.getByRole('button', { name: /^Delete/ }).press('Enter');
      expect(await keepsFocus(page)).toBe(true);
      return chosen.getByRole('button', { name: /^Delete/ });
    },
  ],
  [
    'clearing the chosen calls',
    async ({ page }) => {
      await new Frame(page).goTo('History');
      await page.getByRole('grid').getByRole('row').nth(1).focus();
      await page.keyboard.press('Control+Space');
      return page.getByRole('group', { name: 'Chosen calls' }).getByRole('button').last();
    },
  ],
  [
    'removing a project',
    async ({ page }) => {
      await new Frame(page).goTo('Translate');
      await page.getByRole('tab', { name: /^Settings/ }).click();
      return page.getByRole('main').getByRole('button', { name: /^(Remove|Delete)/ });
    },
  ],
];

for (const [what, go] of removals)
  test(`the focus stays in the page after ${what}`, async ({ panel }) => {
    const { page } = panel;
    await createItems(panel);
    const next = await go(panel);
    if (typeof next === 'string') await page.keyboard.press(next);
    else await next.first().press('Enter');
    expect(await keepsFocus(page)).toBe(true);
    if (typeof next !== 'string') return;
    await expect.poll(() => page.evaluate(() => document.activeElement?.hasAttribute('data-row'))).toBe(true);
  });
