import { languageFor, type Language, type LanguageSetting } from '../../../contract/languages.ts';
import type { MenuCommand } from '../../../contract/events.ts';
import { chineseTexts } from './chinese-texts.ts';
import { englishTexts } from './english-texts.ts';
import { japaneseTexts } from './japanese-texts.ts';

/** The panel's views in the order of their keys. */
export const menuViews = [
  'bench',
  'providers',
  'modules',
  'prompt-packs',
  'history',
  'server',
  'translate',
  'trials',
] as const satisfies readonly MenuCommand[];

/** Items that the system knows by their role; what they do is Electron's, what they are called is here. */
export interface RoleTexts {
  undo: string;
  redo: string;
  cut: string;
  copy: string;
  paste: string;
  selectAll: string;
  resetZoom: string;
  zoomIn: string;
  zoomOut: string;
  togglefullscreen: string;
  reload: string;
  toggleDevTools: string;
  minimize: string;
  close: string;
  quit: string;
}

/** What only a Mac's menus have. */
interface MacRoleTexts {
  about: string;
  services: string;
  hide: string;
  hideOthers: string;
  unhide: string;
  zoom: string;
  front: string;
}

/** What the app says outside its page: in menus and dialogs of the system's. */
export interface NativeTexts {
  menus: Record<'file' | 'edit' | 'view' | 'window' | 'help', string>;
  items: Record<
    'create' | 'save' | 'palette' | 'quickSwitch' | 'settings' | 'changes' | 'inspector' | 'documents',
    string
  >;
  views: Record<(typeof menuViews)[number], string>;
  roles: RoleTexts;
  /** Where macOS has words of its own. */
  mac: MacRoleTexts & { menus?: Partial<NativeTexts['menus']>; roles?: Partial<RoleTexts> };
  cannotStart: string;
  crashed: Record<'message' | 'detail' | 'reload' | 'quit', string>;
}

const byLanguage: Record<Language, NativeTexts> = {
  en: englishTexts,
  ja: japaneseTexts,
  'zh-CN': chineseTexts,
};

/**
 * The texts for a setting of the language, which may come straight from a file.
 * @param wanted the system's languages, the preferred one first
 */
export function nativeTexts(setting: unknown, wanted: readonly string[]): NativeTexts {
  const known = Object.keys(byLanguage).find((language) => language === setting) ?? 'system';
  return byLanguage[languageFor(known as LanguageSetting, wanted)];
}
