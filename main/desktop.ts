import { app, nativeTheme, type BrowserWindow } from 'electron';
import type { PanelEvent } from '../contract/events.ts';
import { createCore, type Core } from './core/app/services.ts';
import { FolderLock } from './core/lib/files/folder-lock.ts';
import { desktopActions } from './host-electron/desktop-actions.ts';
import { keyringSecrets } from './host-electron/secret-store.ts';
import { rememberWindowBounds } from './host-electron/remember-window-bounds.ts';
import { serveOptions } from './host-node/args.ts';
import { accessFrom } from './http/access.ts';
import { createHttpTransport, type HttpTransport } from './http/listen.ts';
import { createIpcTransport, type IpcTransport } from './ipc/ipc-transport.ts';
import { productVersion } from './version.ts';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createSettings } from './core/app/settings.ts';
import { openSettingsFile, type LoadWriter, type SettingsFile } from './core/app/settings-file.ts';
import type { SettingsStore } from './core/lib/host/ports.ts';
import { loadWithoutSignals } from './core/lib/stop-signals.ts';

/** electron-store. It is loaded with the first change: the window's start reads the files by itself. */
const electronStore: LoadWriter = async (options) => {
  const { default: ElectronStore } = await loadWithoutSignals(() => import('electron-store'));
  return new ElectronStore(options);
};

/** The panel's settings. */
function desktopSettings(runtimeRoot: string, lock: FolderLock): SettingsStore {
  const path = join(runtimeRoot, 'panel.json');
  return createSettings(openSettingsFile({ path, lock, loadWriter: electronStore }), path);
}

/** Where the window was last. */
function windowFile(runtimeRoot: string, lock: FolderLock): SettingsFile {
  return openSettingsFile({ path: join(runtimeRoot, 'window.json'), lock, loadWriter: electronStore });
}

/** The version of the development Electron when the app runs on it, else null: its mark lies beside the executable. */
function fallbackRuntime(): string | null {
  return existsSync(join(dirname(process.execPath), 'FALLBACK_RUNTIME'))
    ? (process.versions.electron ?? 'unknown')
    : null;
}

/** What the window's own start knows already. */
export interface DesktopParts {
  env: Readonly<Record<string, string | undefined>>;
  appRoot: string;
  runtimeRoot: string;
  /** The user changed the language; a setting, as `panel.json` has it. */
  onLanguage(setting: string): void;
  /** What main tells the page unasked. */
  tell(event: PanelEvent): void;
}

/** What calls under way get when the app quits; less where the system would end it before that. */
const graceMs = { usual: 10_000, sessionEnds: 3000 };

/** Flags after the app's own path; Electron and Chromium switches among them are theirs. */
function ownFlags(): string[] {
  const argv = process.argv.slice(app.isPackaged ? 1 : 2);
  return argv.filter(
    (_, i) => /^--(port|host)(=|$)/.test(argv[i] ?? '') || /^--(port|host)$/.test(argv[i - 1] ?? ''),
  );
}

export interface Desktop {
  core: Core;
  ipc: IpcTransport;
  /** Remembers the window's place from here on. */
  rememberBoundsOf(window: BrowserWindow): void;
  /** Quits within the few seconds that a system gives that is shutting down. */
  quitSoon(): void;
}

/** The core and its HTTP server in the desktop app. Resolves once the API answers, or has reported why it does not. */
export async function startDesktop(parts: DesktopParts): Promise<Desktop> {
  const { env, appRoot, runtimeRoot, tell, onLanguage } = parts;
  const lock = new FolderLock(runtimeRoot);
  const settings = desktopSettings(runtimeRoot, lock);
  const core = createCore({
    host: 'desktop',
    version: productVersion,
    env,
    now: Date.now,
    paths: { appRoot, runtimeRoot },
    secrets: keyringSecrets(runtimeRoot, lock),
    lock,
    settings: {
      ...settings,
      update(change) {
        if (change.theme) nativeTheme.themeSource = change.theme;
        if (change.language) onLanguage(change.language);
        return settings.update(change);
      },
    },
    fallbackRuntime: fallbackRuntime(),
    desktop: desktopActions,
  });
  core.onEvent(tell);
  let grace = graceMs.usual;
  await serveApi().catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    console.error(message);
    core.server.refused(message);
  });
  onLanguage(settings.get().language);
  core.settle();
  return {
    core,
    ipc: createIpcTransport(core),
    rememberBoundsOf(window) {
      const warn = (error: unknown) => core.log.warn(`The window's place was not saved: ${String(error)}`);
      rememberWindowBounds(window, windowFile(runtimeRoot, lock), warn);
    },
    quitSoon() {
      grace = graceMs.sessionEnds;
      app.quit();
    },
  };

  async function serveApi(): Promise<HttpTransport> {
    const saved = settings.get();
    const options = serveOptions(ownFlags(), env, saved);
    const access = accessFrom(env, options.host.value, false, saved.allowed_origins);
    const transport = createHttpTransport(core, access, null);
    core.server.attach(transport);
    core.listener.choose(options);
    try {
      await transport.listen(options.port.value);
      console.log(`listening on ${transport.status().listening}`);
    } catch (error) {
      // The window opens all the same: its banner says so and offers another port.
      console.error(error instanceof Error ? error.message : String(error));
    }
    // The first quit waits for calls under way, for the log and for the database; a second one does not.
    app.once('will-quit', (event) => {
      event.preventDefault();
      void transport
        .stop(grace)
        .then(() => core.close())
        .finally(() => app.exit(0));
    });
    return transport;
  }
}
