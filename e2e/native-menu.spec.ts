import { expect, onlyIn, test } from './fixtures.ts';
import type { Panel } from './support/panel.ts';
import { appOf } from './support/panel.ts';

onlyIn('electron', 'a browser’s menu is its own');

/** The labels of the application's menu, as `menu > item`. */
const labels = (panel: Panel) =>
  appOf(panel).evaluate(({ Menu }) =>
    (Menu.getApplicationMenu()?.items ?? []).flatMap(({ label, submenu }) => [
      label,
      ...(submenu?.items ?? []).map((item) => `${label} > ${item.label}`),
    ]),
  );

test('the native menu follows the language at once, and its items still work', async ({ panel }) => {
  await expect
    .poll(() => labels(panel))
    .toEqual(expect.arrayContaining(['File', 'Edit > Copy', 'Help > Documents']));
  await panel.ask('settings.update', { language: 'ja' });
  await expect
    .poll(() => labels(panel))
    .toEqual(expect.arrayContaining(['ファイル', '編集 > コピー', '表示 > 履歴', 'ヘルプ > ドキュメント']));
  await appOf(panel).evaluate(({ Menu }) => {
    const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? [];
    items.find(({ label }) => label === '履歴')?.click();
  });
  await expect(panel.page.getByRole('heading', { level: 1, name: '履歴' })).toBeVisible();
  await panel.ask('settings.update', { language: 'zh-CN' });
  await expect
    .poll(() => labels(panel))
    .toEqual(expect.arrayContaining(['文件', '编辑 > 粘贴', '查看 > 历史记录']));
});

test('the saved language is that of the first menu', async ({ launch }) => {
  const panel = await launch({ files: { 'panel.json': { language: 'ja' } } });
  await expect.poll(() => labels(panel)).toEqual(expect.arrayContaining(['編集', '編集 > すべて選択']));
});
