import { BrowserWindow, nativeTheme, session, shell } from 'electron';
import { bridgeChannels } from '../../contract/bridge.ts';
import { vendorLinks } from '../../contract/vendor-links.ts';
import { isPanelUrl, panelOrigin } from '../core/app/panel-page.ts';
import { windowBounds } from './window-state.ts';

/** The only permission that our page has: to copy text. */
const allowedPermissions = new Set(['clipboard-sanitized-write']);

/** Denies every permission of the session, including silent checks. */
export function denyPermissions(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, done) =>
    done(allowedPermissions.has(permission)),
  );
  defaultSession.setPermissionCheckHandler((_contents, permission) => allowedPermissions.has(permission));
}

function lockIn(window: BrowserWindow): void {
  const contents = window.webContents;
  // Nothing opens in our own window; known vendor pages open in the system's browser.
  contents.setWindowOpenHandler(({ url }) => {
    if (vendorLinks.has(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
  const stay = (event: Electron.Event<{ url: string }>) => {
    if (!isPanelUrl(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** The saved theme; the settings store validates it again. */
function themeOf({ theme }: Record<string, unknown>): 'system' | 'light' | 'dark' {
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

const background = { light: '#fbfbfa', dark: '#17181a' };

/** What caused the window to be shown: the page's signal, or a timeout. */
export type ShownBy = 'page' | 'patience';

/** A page that has loaded but sends no signal is shown after this time. */
const patienceMs = 2000;

/** Shows the window when its page signals that it is usable. Showing it empty would delay its first paint. */
function showWhenDrawn(window: BrowserWindow, maximized: boolean, onShown: (by: ShownBy) => void): void {
  const show = (by: ShownBy) => {
    if (window.isDestroyed() || window.isVisible()) return;
    if (maximized) window.maximize();
    window.show();
    onShown(by);
  };
  window.webContents.ipc.on(bridgeChannels.drawn, (event) => {
    if (isPanelUrl(event.senderFrame?.url ?? '')) show('page');
  });
  // Whichever comes first: a page may load and never be painted.
  const wait = () => setTimeout(() => show('patience'), patienceMs);
  window.once('ready-to-show', wait);
  window.webContents.once('did-finish-load', wait);
}

/**
 * Opens the panel's window and shows it once it has content; then `onShown` is called.
 * @param saved the contents of `window.json` and `panel.json`
 */
export function openPanelWindow(
  preload: string,
  saved: Record<'place' | 'settings', Record<string, unknown>>,
  onShown: (by: ShownBy) => void,
): BrowserWindow {
  nativeTheme.themeSource = themeOf(saved.settings);
  const { maximized, ...bounds } = windowBounds(saved.place);
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
  showWhenDrawn(window, maximized, onShown);
  void window.loadURL(`${panelOrigin}/`);
  return window;
}
