import { currentLanguage, showLanguage } from './current-language.ts';
import type { Catalogue } from './catalogue.ts';
import { languageFor } from '../../contract/languages.ts';
import type { Language, LanguageSetting } from '../../contract/languages.ts';

/** English is in the scripts; another language is one script, fetched when it is first shown. */
const load: Record<Language, () => Promise<Catalogue | null>> = {
  en: () => Promise.resolve(null),
  ja: () => import('./ja/catalogue.ts').then(({ japanese }) => japanese),
  'zh-CN': () => import('./zh/catalogue.ts').then(({ simplifiedChinese }) => simplifiedChinese),
};

let wanted: Language = 'en';

/**
 * Shows the language of a setting; nothing on screen is lost. Of two changes in a row the later one counts, whichever
 * script comes first. Rejects if the script cannot be loaded; the language then stays as it is.
 */
export async function changeLanguage(setting: LanguageSetting): Promise<void> {
  const language = languageFor(setting, navigator.languages);
  wanted = language;
  if (language === currentLanguage()) return;
  const catalogue = await load[language]();
  if (wanted === language) showLanguage(language, catalogue);
}
