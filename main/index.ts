import { join } from 'node:path';
import { app, dialog, ipcMain, Menu, type BrowserWindow } from 'electron';
import { bridgeChannels } from '../contract/bridge.ts';
import type { PanelEvent } from '../contract/events.ts';
import { loadShell } from './core/panel-page.ts';
import { openSettingsFile } from './core/settings-file.ts';
import { registerPanelScheme, servePanel } from './host-electron/panel-protocol.ts';
import { denyPermissions, openPanelWindow } from './host-electron/panel-window.ts';
import { reviveAfterCrash } from './host-electron/revive-window.ts';
import { takeEnvironment } from './host-electron/take-environment.ts';
import { onStopSignal } from './host-node/on-stop-signal.ts';
import { registerIpc } from './ipc/register.ts';
import { loadDesktop } from './load-desktop.ts';

// Composition root 1: Electron. The window is opened first, with as little as that takes; the core is loaded while the
// page comes up.
const env = takeEnvironment(process.env);
const runtimeRoot = env['COMFYVN_RUNTIME_ROOT']?.trim() || join(app.getPath('appData'), 'comfyvn-llm-panel');
app.setPath('userData', runtimeRoot);

/** The product's own folder; this file is `out/main/index.js` in it. */
const appRoot = join(import.meta.dirname, '..', '..');

const settleMs = 1000;

/** Where the core does not start there is nothing to show: it says why and ends. */
function giveUp(error: unknown): never {
  console.error(error);
  dialog.showErrorBox(
    'ComfyVN LLM Panel cannot start',
    error instanceof Error ? error.message : String(error),
  );
  app.exit(1);
  throw error;
}

/** The one running instance; a second launch only brings the first one's window forward. */
function start(): void {
  registerPanelScheme();
  // Electron's own takes 8 ms and advertises Electron; ours comes when the page is there.
  Menu.setApplicationMenu(null);
  const settingsFile = openSettingsFile(join(runtimeRoot, 'panel.json'));

  let window: BrowserWindow | undefined;
  const tell = (event: PanelEvent) => {
    if (window && !window.isDestroyed()) window.webContents.send(bridgeChannels.event, event);
  };
  let begin: () => void = () => {};
  const desktop = new Promise<void>((resolve) => (begin = resolve))
    .then(() => loadDesktop({ appRoot, runtimeRoot }))
    .then(({ startDesktop, keepCode }) =>
      startDesktop({ env, appRoot, runtimeRoot, settingsFile, tell, keepCode }),
    )
    .catch(giveUp);
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

  void app.whenReady().then(async () => {
    denyPermissions();
    // The core is loaded while the page comes up, from when the page's own file has been asked for.
    servePanel(loadShell(join(appRoot, 'out', 'renderer')), begin);
    window = openPanelWindow(
      join(appRoot, 'out', 'preload', 'index.cjs'),
      openSettingsFile(join(runtimeRoot, 'window.json')),
      settingsFile,
      () =>
        void desktop.then(({ core }) =>
          core.log.info({ ms: Math.round(performance.now()) }, 'the window is shown'),
        ),
    );
    reviveAfterCrash(
      window,
      (reason) => void desktop.then(({ core }) => core.log.error({ reason }, 'the page crashed')),
    );
    // A page that is never asked for must not keep the API from answering.
    setTimeout(begin, settleMs);
    // The page is first: what the API's first call needs is loaded when that has come to rest.
    window.webContents.once('did-finish-load', () =>
      setTimeout(() => void desktop.then((made) => made.settle()), settleMs),
    );
  });
}

if (app.requestSingleInstanceLock()) start();
else app.exit(0);
