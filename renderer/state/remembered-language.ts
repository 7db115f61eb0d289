import { languages } from '../../contract/languages.ts';
import type { LanguageSetting } from '../../contract/languages.ts';

const storageKey = 'panel-language';

/** Before the settings have come: the setting of the last time, or a Japanese panel would begin in English. */
export function rememberedLanguage(): LanguageSetting {
  const last = window.localStorage.getItem(storageKey);
  return languages.find((language) => language === last) ?? 'system';
}

export function rememberLanguage(setting: LanguageSetting): void {
  window.localStorage.setItem(storageKey, setting);
}
