import { BrowserWindow, nativeTheme, session } from 'electron';
import { bridgeChannels } from '../../contract/bridge.ts';
import type { SettingsFile } from '../core/settings-file.ts';
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

/** The theme as it was saved; whoever reads all settings checks it again. */
function themeOf({ store }: SettingsFile): 'system' | 'light' | 'dark' {
  const { theme } = store;
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

const background = { light: '#fbfbfa', dark: '#17181a' };

/** A page that has come and says nothing for this long is shown as it is. */
const patienceMs = 2000;

/** Shows the window when its page says that it can be used: to show one that is still empty makes it come up later. */
function showWhenDrawn(window: BrowserWindow, maximized: boolean, onShown: () => void): void {
  const show = () => {
    if (window.isDestroyed() || window.isVisible()) return;
    if (maximized) window.maximize();
    window.show();
    onShown();
  };
  window.webContents.ipc.handle(bridgeChannels.drawn, (event) => {
    if (isPanelUrl(event.senderFrame?.url ?? '')) show();
  });
  window.once('ready-to-show', () => setTimeout(show, patienceMs));
}

/** Opens the panel. It is shown once it has something to show, which `onShown` is told. */
export function openPanelWindow(
  preload: string,
  place: SettingsFile,
  settings: SettingsFile,
  onShown: () => void,
): BrowserWindow {
  nativeTheme.themeSource = themeOf(settings);
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
  showWhenDrawn(window, maximized, onShown);
  void window.loadURL(`${panelOrigin}/`);
  return window;
}
