import { app, BrowserWindow, Notification } from 'electron';

/** As the installer names the app: Windows shows messages of a known one alone. */
const appUserModelId = 'org.comfyvn.llm-panel';

/** Shows a message of the system's unless the panel has the focus. A click on it brings the panel to the front. */
export function notify(title: string, body: string): boolean {
  if (BrowserWindow.getFocusedWindow() !== null || !Notification.isSupported()) return false;
  if (process.platform === 'win32') app.setAppUserModelId(appUserModelId);
  const notification = new Notification({ title, body });
  notification.on('click', () => {
    const [window] = BrowserWindow.getAllWindows();
    if (!window) return;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  });
  notification.show();
  return true;
}
