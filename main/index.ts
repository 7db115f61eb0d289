import { join } from 'node:path';
import { app, clipboard, ipcMain, nativeTheme, shell, type BrowserWindow } from 'electron';
import { bridgeChannels } from '../contract/bridge.ts';
import { loadShell } from './core/panel-page.ts';
import { createCore } from './core/services.ts';
import { createSettings } from './core/settings.ts';
import { fallbackRuntime } from './host-electron/fallback-runtime.ts';
import { registerPanelScheme, servePanel } from './host-electron/panel-protocol.ts';
import { denyPermissions, openPanelWindow } from './host-electron/panel-window.ts';
import { reviveAfterCrash } from './host-electron/revive-window.ts';
import { keyringSecrets } from './host-electron/secret-store.ts';
import { openStore } from './host-electron/settings-store.ts';
import { takeEnvironment } from './host-electron/take-environment.ts';
import { serveOptions } from './host-node/args.ts';
import { accessFrom } from './http/access.ts';
import { createHttpDoor } from './http/listen.ts';
import { registerIpc } from './ipc/register.ts';
import { productVersion } from './version.ts';

// Composition root 1: Electron. What takes time starts here, before the app is ready.
const env = takeEnvironment(process.env);
const runtimeRoot = env['COMFYVN_RUNTIME_ROOT']?.trim() || join(app.getPath('appData'), 'comfyvn-llm-panel');
app.setPath('userData', runtimeRoot);

/** Flags after the app's own path; Electron and Chromium switches among them are theirs. */
function ownFlags(): string[] {
  const argv = process.argv.slice(app.isPackaged ? 1 : 2);
  return argv.filter(
    (_, i) => /^--(port|host)(=|$)/.test(argv[i] ?? '') || /^--(port|host)$/.test(argv[i - 1] ?? ''),
  );
}

/** `shell.openPath` says why it could not, or nothing. */
async function openFolder(path: string): Promise<string | null> {
  return (await shell.openPath(path)) || null;
}

/** What calls under way get when the app quits. */
const graceMs = 10_000;
const settleMs = 1000;

/** The one running instance; a second launch only brings the first one's window forward. */
function start(): void {
  registerPanelScheme();

  const settings = createSettings(openStore(runtimeRoot, 'panel'));
  const core = createCore({
    host: 'desktop',
    version: productVersion,
    env,
    now: Date.now,
    paths: { appRoot: join(import.meta.dirname, '..', '..'), runtimeRoot },
    secrets: keyringSecrets(runtimeRoot),
    settings: {
      get: settings.get,
      update(change) {
        if (change.theme) nativeTheme.themeSource = change.theme;
        return settings.update(change);
      },
    },
    fallbackRuntime: fallbackRuntime(),
    desktop: { copy: (text) => clipboard.writeText(text), openFolder },
  });

  async function serveApi(): Promise<void> {
    const saved = settings.get();
    const options = serveOptions(ownFlags(), env, saved);
    const access = accessFrom(env, options.host.value, false, saved.allowed_origins);
    const door = createHttpDoor(core, access, null);
    core.server.attach(door);
    core.listener.choose(options);
    try {
      await door.listen(options.port.value);
      console.log(`listening on ${door.status().listening}`);
    } catch (error) {
      // The window opens all the same: its banner says so and offers another port.
      console.error(error instanceof Error ? error.message : String(error));
    }
    // The first quit waits for calls under way, for the log and for the database; a second one does not.
    app.once('will-quit', (event) => {
      event.preventDefault();
      void door
        .stop(graceMs)
        .then(() => core.close())
        .finally(() => app.exit(0));
    });
  }

  const listening = serveApi().catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    console.error(message);
    core.server.refused(message);
  });
  registerIpc(ipcMain, core);

  let window: BrowserWindow | undefined;
  core.onEvent((event) => {
    if (window && !window.isDestroyed()) window.webContents.send(bridgeChannels.event, event);
  });
  app.on('second-instance', () => {
    if (!window || window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app.on('window-all-closed', () => app.quit());

  void app.whenReady().then(async () => {
    denyPermissions();
    servePanel(loadShell(join(import.meta.dirname, '..', 'renderer')));
    await listening;
    window = openPanelWindow(
      join(import.meta.dirname, '..', 'preload', 'index.cjs'),
      openStore(runtimeRoot, 'window'),
      settings,
    );
    reviveAfterCrash(window, (reason) => core.log.error({ reason }, 'the page crashed'));
    // The page is first: what the API's first call needs is loaded when that has come to rest.
    window.webContents.once('did-finish-load', () => setTimeout(() => core.settle(), settleMs));
  });
}

if (app.requestSingleInstanceLock()) start();
else app.exit(0);
