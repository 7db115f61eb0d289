import { app, Menu, type BrowserWindow } from 'electron';
import type { MenuCommand } from '../../contract/events.ts';
import { contextItems, menuTemplate } from './menu-template.ts';
import { nativeTexts, type NativeTexts } from './native-texts/native-texts.ts';

const isMac = process.platform === 'darwin';

/**
 * The texts for a language setting. The system's languages are read in the same order as the page gets them,
 * so that menu and page agree; they are known only once the app is ready.
 */
export function systemTexts(setting: unknown): NativeTexts {
  return nativeTexts(setting, [app.getLocale(), ...app.getPreferredSystemLanguages()]);
}

/**
 * Sets the application menu; on systems with the menu in the window it is hidden until Alt is pressed.
 * @param send sends the chosen command to the page
 */
export function setAppMenu(send: (command: MenuCommand) => void, texts: NativeTexts): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(send, isMac, texts)));
}

/** The system's context menu for a field or selected text, in the current language. */
export function offerContextMenu(window: BrowserWindow, texts: () => NativeTexts): void {
  window.webContents.on('context-menu', (_event, params) => {
    const items = contextItems(params, isMac, texts());
    if (items.length) Menu.buildFromTemplate(items).popup({ window });
  });
}
