import { languages } from '../../contract/languages.ts';
import type { LanguageSetting } from '../../contract/languages.ts';

const storageKey = 'panel-language';

/**
 * The last language setting, used until the settings have loaded, so that a Japanese panel does not start in
 * English.
 */
export function rememberedLanguage(): LanguageSetting {
  const last = window.localStorage.getItem(storageKey);
  return languages.find((language) => language === last) ?? 'system';
}

export function rememberLanguage(setting: LanguageSetting): void {
  window.localStorage.setItem(storageKey, setting);
}
