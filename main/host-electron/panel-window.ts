import { BrowserWindow, nativeTheme, session } from 'electron';
import type { SettingsFile } from '../core/settings.ts';
import type { SettingsStore } from '../core/ports.ts';
import { isPanelUrl, panelOrigin } from '../core/panel-page.ts';
import { rememberPlace, windowPlace } from './window-state.ts';

/** What a page of ours may do beside showing itself: nothing but copy text. */
const allowedPermissions = new Set(['clipboard-sanitized-write']);

/** Denies every permission of the session, the silent checks too. */
export function denyPermissions(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, done) =>
    done(allowedPermissions.has(permission)),
  );
  defaultSession.setPermissionCheckHandler((_contents, permission) => allowedPermissions.has(permission));
}

function lockIn(window: BrowserWindow): void {
  const contents = window.webContents;
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  const stay = (event: Electron.Event<{ url: string }>) => {
    if (!isPanelUrl(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

const background = { light: '#fbfbfa', dark: '#17181a' };

/** Opens the panel. It is shown once it has something to show. */
export function openPanelWindow(
  preload: string,
  place: SettingsFile,
  settings: SettingsStore,
): BrowserWindow {
  nativeTheme.themeSource = settings.get().theme;
  const { maximized, ...bounds } = windowPlace(place);
  const window = new BrowserWindow({
    ...bounds,
    show: false,
    title: 'ComfyVN LLM Panel',
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  lockIn(window);
  rememberPlace(window, place);
  window.once('ready-to-show', () => {
    if (maximized) window.maximize();
    window.show();
  });
  void window.loadURL(`${panelOrigin}/`);
  return window;
}
