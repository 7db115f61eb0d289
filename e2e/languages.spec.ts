import { expect, test } from './fixtures.ts';
import { Bench } from './pages/bench.ts';
import { Settings } from './pages/settings.ts';
import type { Panel } from './support/panel.ts';
import { readJsonFile } from './support/runtime-root.ts';

const html = (panel: Panel) => panel.page.locator('html');

test('a language selected in Settings is shown at once and saved; a draft stays as it was', async ({
  panel,
}) => {
  const { page } = panel;
  const draft = 'A line that nobody has saved';
  await new Bench(page).message().fill(draft);
  const settings = new Settings(page);
  await settings.open();
  await settings.pick('Language', '日本語');
  await expect(html(panel)).toHaveAttribute('lang', 'ja');
  await expect(page.getByRole('heading', { level: 1, name: '設定' })).toBeVisible();
  await expect.poll(() => readJsonFile(panel.runtimeRoot, 'panel.json')).toMatchObject({ language: 'ja' });

  await page
    .getByRole('navigation', { name: '画面の切り替え' })
    .getByRole('button', { name: 'ベンチ' })
    .click();
  await expect(page.getByRole('textbox', { name: 'メッセージ 1' })).toHaveValue(draft);

  await page.keyboard.press('Control+,');
  await page.getByRole('combobox', { name: /^言語/ }).click();
  await page.getByRole('option', { name: 'English' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await expect(html(panel)).toHaveAttribute('lang', 'en');
});

test(
  'a visible input keeps its text, caret and focus while the language changes',
  { tag: '@page' },
  async ({ panel }) => {
    const { page } = panel;
    await page.keyboard.press('Control+3');
    const search = page.getByRole('searchbox', { name: 'Search providers' });
    await search.pressSequentially('open');
    await page.keyboard.press('ArrowLeft');
    await panel.ask('settings.update', { language: 'zh-CN' });
    const found = page.getByRole('searchbox', { name: '搜索提供商' });
    await expect(found).toBeFocused();
    await expect(found).toHaveValue('open');
    await page.keyboard.type('!');
    await expect(found).toHaveValue('ope!n');

    // A form with errors.
    await page.keyboard.press('Control+N');
    const form = page.getByRole('form', { name: '添加服务器' });
    const label = form.getByRole('textbox', { name: '标签' });
    await label.fill('Half typed');
    await form.getByRole('button', { name: '为本次会话添加' }).click();
    await expect(form.getByText('必填。').first()).toBeVisible();
    await panel.ask('settings.update', { language: 'en' });
    const inEnglish = page.getByRole('form', { name: 'Add a server' });
    await expect(inEnglish.getByRole('textbox', { name: 'Label' })).toHaveValue('Half typed');
    await expect(inEnglish.getByText('必填。')).toHaveCount(0);
  },
);

for (const language of ['ja', 'zh-CN'] as const)
  test(
    `a view that is open when the language becomes ${language} reads like one opened in it`,
    { tag: '@page' },
    async ({ panel }) => {
      test.setTimeout(120_000);
      const { page } = panel;
      // Numbers are ignored: a running clock changes them.
      const shown = async () => (await page.locator('body').innerText()).replaceAll(/\d+/g, '0');
      const settled = async () => {
        let last = '';
        await expect(async () => {
          const before = last;
          last = await shown();
          expect(last).toBe(before);
        }).toPass({ intervals: [200] });
        return last;
      };
      for (const key of ['1', '2', '3', '4', '5', '6', '7', '8', ',']) {
        await panel.ask('settings.update', { language: 'en' });
        await expect(html(panel)).toHaveAttribute('lang', 'en');
        await page.keyboard.press(`Control+${key}`);
        await settled();
        await panel.ask('settings.update', { language });
        await expect(html(panel)).toHaveAttribute('lang', language);
        const changed = await settled();
        await page.reload();
        await expect.poll(shown, key).toBe(changed);
      }
    },
  );

test('the texts of a language load when it is first shown, and not before', async ({ panel }, info) => {
  test.skip(info.project.name !== 'web', 'the desktop page’s own URL scheme has no list of loaded files');
  const { page } = panel;
  const catalogues = () =>
    page.evaluate(
      () => performance.getEntriesByType('resource').filter(({ name }) => /catalogue/.test(name)).length,
    );
  await new Bench(page).message().waitFor();
  expect(await catalogues()).toBe(0);
  await panel.ask('settings.update', { language: 'ja' });
  await expect(html(panel)).toHaveAttribute('lang', 'ja');
  expect(await catalogues()).toBe(1);
});

test('without a choice the panel uses the system’s language', async ({ launch }, info) => {
  test.skip(info.project.name !== 'electron', 'the browser has its own language');
  const panel = await launch({ args: ['--lang=ja'] });
  await expect(html(panel)).toHaveAttribute('lang', 'ja');
  await panel.ask('settings.update', { language: 'en' });
  await expect(html(panel)).toHaveAttribute('lang', 'en');
});
