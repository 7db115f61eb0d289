import { app, Menu, type BrowserWindow } from 'electron';
import type { MenuCommand } from '../../contract/events.ts';
import { contextItems, menuTemplate } from './menu-template.ts';
import { nativeTexts, type NativeTexts } from './native-texts/native-texts.ts';

const isMac = process.platform === 'darwin';

/**
 * The texts for a setting of the language. The system's languages are asked for in the order in which the page gets
 * them, or the two would differ; only known once the app is ready.
 */
export function systemTexts(setting: unknown): NativeTexts {
  return nativeTexts(setting, [app.getLocale(), ...app.getPreferredSystemLanguages()]);
}

/**
 * The application's menu; hidden until Alt is pressed where the system keeps it in the window.
 * @param send tells the page what was chosen
 */
export function setAppMenu(send: (command: MenuCommand) => void, texts: NativeTexts): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(send, isMac, texts)));
}

/** The system's own menu for a field or a selected text, in the language at that moment. */
export function offerContextMenu(window: BrowserWindow, texts: () => NativeTexts): void {
  window.webContents.on('context-menu', (_event, params) => {
    const items = contextItems(params, isMac, texts());
    if (items.length) Menu.buildFromTemplate(items).popup({ window });
  });
}
