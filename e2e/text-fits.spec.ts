import { expect, test } from './fixtures.ts';
import { Bench } from './pages/bench.ts';
import type { Panel } from './support/panel.ts';
import { layoutProblems } from './support/text-fit.ts';

type Size = [width: number, height: number];

/** The sizes at which every view has to show its texts in full. */
const sizes: Size[] = [
  [1280, 800],
  [960, 600],
];

async function resize({ app, page }: Panel, size: Size): Promise<void> {
  if (app)
    await app.evaluate(
      ({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setContentSize(to[0], to[1]),
      size,
    );
  else await page.setViewportSize({ width: size[0], height: size[1] });
  await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual(size);
}

const cases = sizes.flatMap((size) => (['ja', 'zh-CN'] as const).map((language) => ({ language, size })));

for (const { language, size } of cases)
  test(`every text of every view fits: ${language}, ${size.join('×')}`, async ({ panel }) => {
    const { page } = panel;
    const bench = new Bench(page);
    await resize(panel, size);
    for (const name of await bench.viewNames()) {
      await bench.goTo(name);
      if (name === 'Bench') await bench.run();
      await panel.ask('settings.update', { language, theme: 'light' });
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
      await expect.soft(layoutProblems(page), name).resolves.toEqual([]);
      await panel.ask('settings.update', { language: 'en' });
      await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    }
  });

test('a truncated text, one that overflows its button, and covered controls are reported', async ({
  panel,
}) => {
  const { page } = panel;
  await expect(layoutProblems(page)).resolves.toEqual([]);
  await page.evaluate(() => {
    const box = document.createElement('div');
    box.style.cssText = 'position:fixed;inset:100px auto auto 300px;z-index:99;width:300px;height:90px';
    box.innerHTML =
      '<span id="cut">とても長い翻訳の文字列です</span><button id="narrow">とても長い翻訳</button><button id="under">下</button>' +
      '<input id="over" value="上">';
    document.body.append(box);
    const style = (id: string, css: string) => (document.getElementById(id)!.style.cssText = css);
    style('cut', 'display:block;width:60px;overflow:hidden;white-space:nowrap');
    style('narrow', 'display:block;width:40px;white-space:nowrap');
    style('under', 'position:absolute;left:100px;top:40px;width:40px;height:20px');
    style('over', 'position:absolute;left:100px;top:40px;width:40px;height:20px');
  });
  const found = (await layoutProblems(page)).join('\n');
  expect(found).toContain('cut: とても長い翻訳の文字列です');
  expect(found).toContain('outside of its button: とても長い翻訳');
  expect(found).toContain('下 lies under input');
});
