import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { app, dialog, ipcMain, Menu, type BrowserWindow, powerMonitor } from 'electron';
import { bridgeChannels } from '../contract/bridge.ts';
import type { PanelEvent } from '../contract/events.ts';
import { isObject } from './core/lib/json.ts';
import { loadShell } from './core/app/panel-page.ts';
import { readJson } from './core/lib/files/read-json.ts';
import { offerContextMenu, setAppMenu, systemTexts } from './host-electron/app-menu.ts';
import { registerPanelScheme, servePanel } from './host-electron/panel-protocol.ts';
import { denyPermissions, openPanelWindow } from './host-electron/panel-window.ts';
import { reviveAfterCrash } from './host-electron/revive-window.ts';
import { takeEnvironment } from './host-electron/take-environment.ts';
import { onStopSignal } from './host-node/on-stop-signal.ts';
import { runtimeRootFrom } from './host-node/paths.ts';
import { registerIpc } from './ipc/register.ts';
import type { Desktop } from './desktop.ts';

/**
 * Calls `stop` when the user logs off or the machine is shut down. Windows tells each window, and ends the process soon
 * after the second event: the first one is taken as well, although a shutdown may still be called off. Elsewhere the
 * system waits for an app that asks it to.
 */
function onSessionEnd(window: BrowserWindow, stop: () => void): void {
  window.on('query-session-end', stop);
  window.on('session-end', stop);
  powerMonitor.on('shutdown', (event?: { preventDefault(): void }) => {
    event?.preventDefault();
    stop();
  });
}

// Composition root 1: Electron. The window is opened first, with as little as that takes; the core is loaded once
// the page has its script, and while the page runs it.
const env = takeEnvironment(process.env);
const runtimeRoot = runtimeRootFrom(env, join(app.getPath('appData'), 'comfyvn-llm-panel'));
app.setPath('userData', runtimeRoot);

/** The product's own folder; this file is `out/main/index.js` in it. */
const appRoot = join(import.meta.dirname, '..', '..');

/** What a file of settings has, as far as it can be read; a broken one is looked after when the core is there. */
function savedIn(name: string): Record<string, unknown> {
  const json = readJson(join(runtimeRoot, name));
  return 'value' in json && isObject(json.value) ? json.value : {};
}

/** Where the core does not start there is nothing to show: it says why and ends. */
function giveUp(error: unknown): never {
  console.error(error);
  const { cannotStart } = systemTexts(savedIn('panel.json')['language']);
  dialog.showErrorBox(cannotStart, error instanceof Error ? error.message : String(error));
  app.exit(1);
  throw error;
}

/** A page that asks for no script within this time is not waited for. */
const patienceMs = 1000;

/** The core, loaded once the page has its script: to load it takes the thread that serves the page for 0.3 s. */
async function loadCore(
  pageServed: Promise<void>,
  tell: (event: PanelEvent) => void,
  onLanguage: (setting: string) => void,
): Promise<Desktop> {
  await pageServed;
  const { startDesktop } = await import('./desktop.ts');
  return startDesktop({ env, appRoot, runtimeRoot, tell, onLanguage });
}

/** The one running instance; a second launch only brings the first one's window forward. */
function start(): void {
  registerPanelScheme();
  // Electron's own takes 8 ms and advertises Electron; ours comes when the page is there. On a Mac the menu is what
  // copies, pastes and quits: it is there from the start.
  if (process.platform !== 'darwin') Menu.setApplicationMenu(null);

  let window: BrowserWindow | undefined;
  const tell = (event: PanelEvent) => {
    if (window && !window.isDestroyed()) window.webContents.send(bridgeChannels.event, event);
  };
  let language: unknown;
  const texts = () => systemTexts(language);
  const showMenu = () => setAppMenu((command) => tell({ type: 'menu', command }), texts());
  const pageServed = app.whenReady().then(openWindow);
  const desktop = loadCore(pageServed, tell, (setting) => {
    language = setting;
    showMenu();
  }).catch(giveUp);
  const whenThere = (use: (loaded: Desktop) => void) => void desktop.then(use);
  registerIpc(
    ipcMain,
    desktop.then(({ ipc }) => ipc),
  );
  app.on('second-instance', () => {
    if (!window || window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app.on('window-all-closed', () => app.quit());
  onStopSignal(
    () => app.quit(),
    () => app.exit(1),
  );

  /** Resolves when the page has its script. */
  function openWindow(): Promise<void> {
    const saved = { place: savedIn('window.json'), settings: savedIn('panel.json') };
    language = saved.settings['language'];
    if (process.platform === 'darwin') showMenu();
    denyPermissions();
    const served = new Promise<void>((done) => servePanel(loadShell(join(appRoot, 'out', 'renderer')), done));
    const opened = openPanelWindow(join(appRoot, 'out', 'preload', 'index.cjs'), saved, (by) =>
      whenThere(({ core }) =>
        core.log.info({ by, ms: Math.round(performance.now()) }, 'the window is shown'),
      ),
    );
    window = opened;
    whenThere((loaded) => loaded.rememberBoundsOf(opened));
    offerContextMenu(opened, texts);
    onSessionEnd(opened, () => whenThere((loaded) => loaded.quitSoon()));
    reviveAfterCrash(opened, texts, (reason) =>
      whenThere(({ core }) => core.log.error({ reason }, 'the page crashed')),
    );
    return Promise.race([served, sleep(patienceMs)]);
  }
}

if (app.requestSingleInstanceLock()) start();
else app.exit(0);
