import { expect, onlyIn, test } from './fixtures.ts';
import { Bench } from './pages/bench.ts';
import type { Panel } from './support/panel.ts';
import { appOf } from './support/panel.ts';

onlyIn(
  'electron',
  'each browser draws letters in its own way; the pictures are those of one pinned Electron',
);

/** The runtime that rendered the pictures. With another one, every picture would differ. */
const drawnBy = '33.2.1';

async function resize(panel: Panel, width: number, height: number): Promise<void> {
  await appOf(panel).evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size[0], size[1]),
    [width, height] as [number, number],
  );
  await expect.poll(() => panel.page.evaluate(() => [innerWidth, innerHeight])).toEqual([width, height]);
}

for (const [theme, width, height] of [
  ['light', 1280, 800],
  ['dark', 1280, 800],
  ['light', 960, 600],
  ['light', 1920, 1080],
] as const) {
  test(`every view matches its picture: ${theme}, ${width}×${height}`, async ({ panel }) => {
    const runtime = await appOf(panel).evaluate(() => process.versions.electron);
    test.skip(runtime !== drawnBy, `this is Electron ${runtime}, the pictures are of ${drawnBy}`);
    test.setTimeout(120_000);
    const { page } = panel;
    const bench = new Bench(page);
    await panel.ask('settings.update', { theme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    await resize(panel, width, height);
    for (const name of await bench.viewNames()) {
      await bench.goTo(name);
      if (name === 'Bench') await bench.run();
      await page.mouse.move(0, 0);
      await expect.soft(page).toHaveScreenshot(`${name}-${theme}-${width}.png`, {
        animations: 'disabled',
        // Glyph rendering differs slightly between systems.
        maxDiffPixelRatio: 0.002,
        // Masked: a free port in the address, random folder names, the time and duration of a run, and the
        // server's instance mark.
        mask: [
          bench.statusBar,
          page.getByText(panel.runtimeRoot),
          page.getByText(panel.apiUrl.replace('http://', '')),
          page.getByText(/^\d\d:\d\d$/),
          page.getByText(/^\d\d-\d\d \d\d:\d\d:\d\d$/),
          page.getByText(/^[\d.]+ m?s$/),
          page.getByText(/^[0-9a-f]{8}$/),
          page.getByText(new URL(panel.apiUrl).port, { exact: true }),
        ],
      });
    }
  });
}
