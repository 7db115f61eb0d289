import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { expect, test } from './fixtures.ts';
import { callApi } from './support/api.ts';
import { readJsonFile } from './support/runtime-root.ts';

const folder = 'config/llm/providers';
const good = (name: string) => ({ name, adapter: 'openai_compat', base: 'http://127.0.0.1:9/v1' });
const broken = `{
  // mine
  "name": "harbor",
  "adapter": "openai-compat",
  "base_url": "http://127.0.0.1:9/v1"
}
`;

test.use({
  plantedFiles: {
    ...Object.fromEntries(['one', 'two', 'three'].map((name) => [`${folder}/${name}.json`, good(name)])),
    [`${folder}/harbor.json`]: broken,
  },
});

const banner = (page: Page) => page.getByRole('region', { name: 'Files with problems' });

test('a broken file hides only itself, and is repaired from the banner', async ({ panel }) => {
  const { page, runtimeRoot } = panel;
  await expect(banner(page)).toContainText('1 file has a problem');
  await expect(banner(page)).toContainText(`${folder}/harbor.json`);
  await expect(banner(page)).toContainText('Line 4');
  const list = async () => {
    const { body } = await callApi(panel.apiUrl, 'GET', '/api/llm/registry');
    return (body['providers'] as { name: string; origin: string }[])
      .filter(({ origin }) => origin === 'user')
      .map(({ name }) => name);
  };
  expect((await list()).toSorted()).toEqual(['one', 'three', 'two']);

  await banner(page).getByRole('button', { name: 'Repair' }).click();
  await expect(banner(page)).toHaveCount(0);
  const file = join(runtimeRoot, folder, 'harbor.json');
  expect(readFileSync(file, 'utf8')).toBe(
    broken.replace('openai-compat', 'openai_compat').replace('base_url', 'base'),
  );
  const copies = readdirSync(join(runtimeRoot, folder)).filter((name) => name.includes('.broken-'));
  expect(copies.map((name) => readFileSync(join(runtimeRoot, folder, name), 'utf8'))).toEqual([broken]);
  expect(await list()).toContain('harbor');

  // Ctrl+Z undoes it, and the banner is back.
  await page.getByRole('main').focus();
  await page.keyboard.press('Control+z');
  await expect(banner(page)).toContainText('harbor.json');
  expect(readFileSync(file, 'utf8')).toBe(broken);
});

test('the banner disappears when the file is fixed by hand, and returns when another one breaks', async ({
  panel,
}) => {
  const { page, runtimeRoot } = panel;
  await expect(banner(page)).toBeVisible();
  writeFileSync(join(runtimeRoot, folder, 'harbor.json'), JSON.stringify(good('harbor')));
  await expect(banner(page)).toHaveCount(0);
  writeFileSync(join(runtimeRoot, folder, 'one.json'), '{"name": "one"');
  await expect(banner(page)).toContainText('one.json');
  await expect(banner(page)).toContainText('as it was last read');
  await banner(page).getByRole('button', { name: 'Use last good' }).click();
  await expect(banner(page)).toHaveCount(0);
  expect(readJsonFile(runtimeRoot, `${folder}/one.json`)).toEqual(good('one'));
});

test('an unreadable limit is reported at start, and the default limit applies', async ({ launch }, info) => {
  test.skip(info.project.name === 'web', 'a server without a window does not start with an unreadable limit');
  const panel = await launch({ files: { 'panel.json': '{"daily_budget_usd": "$1"}' } });
  await expect(banner(panel.page)).toContainText('daily_budget_usd');
  await expect(banner(panel.page)).toContainText('The default limit applies');
  expect(await panel.ask('budget.get', {})).toMatchObject({ data: { daily: 2 } });
  await banner(panel.page).getByRole('button', { name: 'Repair' }).click();
  await expect(banner(panel.page)).toHaveCount(0);
  expect(readJsonFile(panel.runtimeRoot, 'panel.json')).toMatchObject({ daily_budget_usd: 1 });
  expect(await panel.ask('budget.get', {})).toMatchObject({ data: { daily: 1 } });
});

test('the recent changes list every undo step', async ({ panel }) => {
  const { page, runtimeRoot } = panel;
  const file = join(runtimeRoot, folder, 'two.json');
  await panel.ask('providers.remove', { name: 'two' });
  await page.getByRole('button', { name: 'Recent changes' }).click();
  const dialog = page.getByRole('dialog', { name: 'Recent changes' });
  await dialog.getByRole('button', { name: 'Undo: removed the provider two' }).click();
  await expect(dialog).toContainText('There is nothing to undo');
  expect(readJsonFile(runtimeRoot, `${folder}/two.json`)).toEqual(good('two'));
  rmSync(file);
});
