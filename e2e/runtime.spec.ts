import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onlyIn, test } from './fixtures.ts';
import { appOf } from './support/panel.ts';
import { electronRuntime } from './support/project-scripts.ts';

onlyIn('electron', 'about the desktop window');

test('the app runs in the Electron that the set-up reports', async ({ panel }) => {
  const { version, executable } = await electronRuntime();
  const running = await appOf(panel).evaluate(() => ({
    version: process.versions.electron,
    executable: process.execPath,
  }));
  expect(running).toEqual({ version, executable });
});

test('the page is sandboxed and isolated: no Node, no Electron, one frozen bridge of five functions', async ({
  panel,
}) => {
  const seen = await panel.page.evaluate(() => {
    const names = [
      'process',
      'require',
      'module',
      'Buffer',
      'global',
      '__dirname',
      'electron',
      'ipcRenderer',
    ];
    const bridge = (window as unknown as { panel: Record<string, unknown> }).panel;
    return {
      leaked: names.filter((name) => name in globalThis),
      bridge: Object.keys(bridge).sort(),
      frozen: Object.isFrozen(bridge),
    };
  });
  expect(seen).toEqual({ leaked: [], bridge: ['cancel', 'drawn', 'on', 'pathOf', 'request'], frozen: true });

  const preferences = await appOf(panel).evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    const contents = window?.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> };
    return contents.getLastWebPreferences();
  });
  expect(preferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webviewTag: false,
  });
  expect(preferences).not.toMatchObject({ webSecurity: false });
});

test('the window is shown once, when its page reports that it is ready', async ({ panel }) => {
  const shown = await appOf(panel).evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.isVisible(),
  );
  expect(shown).toBe(true);
  const lines = readFileSync(join(panel.runtimeRoot, 'logs', 'server.log'), 'utf8')
    .trim()
    .split('\n');
  const text = lines.map((line) => JSON.parse(line) as { msg: string; by?: string });
  expect(text.filter(({ msg }) => msg === 'the window is shown').map(({ by }) => by)).toEqual(['page']);
});

test('the policy blocks eval, inline scripts and requests to other origins', async ({ panel, upstream }) => {
  panel.watch.expect(/Content Security Policy|CSP violation|Failed to fetch|Refused to/);
  const tried = await panel.page.evaluate(async (elsewhere) => {
    const script = document.createElement('script');
    script.textContent = 'window.inlineRan = true';
    document.body.append(script);
    const fetched = await fetch(elsewhere).then(
      () => true,
      () => false,
    );
    return { inline: 'inlineRan' in window, fetched };
  }, upstream.baseUrl);
  expect(tried).toEqual({ inline: false, fetched: false });
  const policy = await panel.page.evaluate(async () =>
    (await fetch('/')).headers.get('content-security-policy'),
  );
  expect(policy).not.toContain('unsafe');
  expect(upstream.received).toEqual([]);
});

test('the window cannot navigate elsewhere or open another', async ({ panel, upstream }) => {
  const app = appOf(panel);
  const { page } = panel;
  await app.evaluate(({ BrowserWindow }) => {
    const counted = globalThis as unknown as { stopped: number };
    counted.stopped = 0;
    // This listener runs after the product's own, so it sees what the product decided.
    BrowserWindow.getAllWindows()[0]?.webContents.on('will-navigate', (event) => {
      counted.stopped += event.defaultPrevented ? 1 : 0;
    });
  });
  const nothingOpened = await page.evaluate((url) => {
    const byScript = window.open(url);
    const link = Object.assign(document.createElement('a'), {
      href: url,
      target: '_blank',
      textContent: 'away',
    });
    document.body.append(link);
    link.click();
    link.remove();
    window.location.href = url;
    return byScript === null;
  }, upstream.baseUrl);
  expect(nothingOpened).toBe(true);
  await expect.poll(() => app.evaluate(() => (globalThis as unknown as { stopped: number }).stopped)).toBe(1);
  expect(await page.evaluate(() => window.location.href)).toMatch(/^app:\/\/panel\//);
  expect(await panel.ask('server.health', {})).toMatchObject({ ok: true });
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  expect(upstream.received).toEqual([]);
});

test('permissions are denied, also for a query', async ({ launch }) => {
  // With a fake device, only the permission stands between it and the page.
  const panel = await launch({ args: ['--use-fake-device-for-media-stream'] });
  const asked = await panel.page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'];
    const states = await Promise.all(
      names.map((name) => navigator.permissions.query({ name: name as PermissionName })),
    );
    const media = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
      () => 'given',
      (error: Error) => error.name,
    );
    const view = await new Promise((resolve) => {
      navigator.geolocation.getCurrentPosition(
        () => resolve('given'),
        ({ code }) => resolve(code),
      );
    });
    return {
      states: states.map(({ state }) => state),
      media,
      place: view,
      notify: await Notification.requestPermission(),
    };
  });
  expect(asked).toEqual({
    states: Array(6).fill('denied'),
    media: 'NotAllowedError',
    place: 1,
    notify: 'denied',
  });
});
