import { languageFor, type Language, type LanguageSetting } from '../../../contract/languages.ts';
import type { MenuCommand } from '../../../contract/events.ts';
import { chineseTexts } from './chinese-texts.ts';
import { englishTexts } from './english-texts.ts';
import { japaneseTexts } from './japanese-texts.ts';

/** The panel's views in the order of their shortcuts. */
export const menuViews = [
  'bench',
  'translate',
  'providers',
  'modules',
  'prompt-packs',
  'history',
  'server',
  'trials',
] as const satisfies readonly MenuCommand[];

/** Labels of items that Electron provides by role. */
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

/** Labels found only in a Mac's menus. */
interface MacRoleTexts {
  about: string;
  services: string;
  hide: string;
  hideOthers: string;
  unhide: string;
  zoom: string;
  front: string;
}

/** Texts outside the page: in system menus and dialogs. */
export interface NativeTexts {
  menus: Record<'file' | 'edit' | 'view' | 'window' | 'help', string>;
  items: Record<
    'create' | 'save' | 'palette' | 'quickSwitch' | 'settings' | 'changes' | 'inspector' | 'documents',
    string
  >;
  views: Record<(typeof menuViews)[number], string>;
  roles: RoleTexts;
  /** Labels that differ on macOS. */
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
 * The texts for a language setting, which may come unvalidated from a file.
 * @param wanted the system's languages, preferred first
 */
export function nativeTexts(setting: unknown, wanted: readonly string[]): NativeTexts {
  const known = Object.keys(byLanguage).find((language) => language === setting) ?? 'system';
  return byLanguage[languageFor(known as LanguageSetting, wanted)];
}
