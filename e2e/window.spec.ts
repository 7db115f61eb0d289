import { spawn } from 'node:child_process';
import { expect, onlyIn, test } from './fixtures.ts';
import { Bench } from './pages/bench.ts';
import { desktopCommand } from './support/launch-desktop.ts';
import type { Panel } from './support/panel.ts';
import { appOf, waitUntilReady } from './support/panel.ts';
import { readJsonFile } from './support/runtime-root.ts';

onlyIn('electron', 'about the desktop window');

function boundsOf(panel: Panel) {
  return appOf(panel).evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
}

test('a second start exits with 0 at once and brings the first window to the front', async ({ panel }) => {
  const app = appOf(panel);
  await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    const counted = globalThis as unknown as { focused: number };
    counted.focused = 0;
    if (window) window.focus = () => void (counted.focused += 1);
  });
  const { command, args } = await desktopCommand();
  const second = spawn(command, args, { env: panel.env });
  try {
    await expect.poll(() => second.exitCode).toBe(0);
  } finally {
    second.kill();
  }
  const focused = () => app.evaluate(() => (globalThis as unknown as { focused: number }).focused);
  await expect.poll(focused).toBe(1);
  expect(app.windows()).toHaveLength(1);
});

test('size, position and theme survive a restart, and are never below 960×600', async ({ launch }) => {
  const first = await launch();
  expect(await boundsOf(first)).toMatchObject({ width: 1280, height: 800 });
  await first.ask('settings.update', { theme: 'dark' });
  await appOf(first).evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 30, width: 1100, height: 700 }),
  );
  await expect
    .poll(() => readJsonFile(first.runtimeRoot, 'window.json'))
    .toMatchObject({ bounds: { width: 1100, height: 700 } });
  const left = await boundsOf(first);
  await first.close();

  const second = await launch({ runtimeRoot: first.runtimeRoot });
  expect(await boundsOf(second)).toEqual(left);
  expect(await appOf(second).evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('dark');
  const smallest = await appOf(second).evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getMinimumSize(),
  );
  expect(smallest).toEqual([960, 600]);
});

test('a window position on a removed screen is not used', async ({ launch }) => {
  const bounds = { x: 30_000, y: 30_000, width: 1000, height: 700 };
  const panel = await launch({ files: { 'window.json': { bounds, maximized: false } } });
  expect(await boundsOf(panel)).toMatchObject({ width: 1280, height: 800 });
});

test('a reload during a session keeps the window working', async ({ panel }) => {
  const bench = new Bench(panel.page);
  await bench.run();
  await expect(bench.replyText).not.toBeEmpty();
  await panel.page.reload();
  await waitUntilReady(panel.page);
  await bench.run();
  await expect(bench.replyText).not.toBeEmpty();
});
