import { currentLanguage } from '../../../i18n/current-language.ts';
import { perLanguage } from '../../../i18n/per-language.ts';
import type { SelectOption } from '../../../ui/select.tsx';

/** Languages with checks of their own, by the names that projects and prompts use; any other can be typed. */
const known: readonly [name: string, tag: string, own: string][] = [
  ['English', 'en', 'English'],
  ['Japanese', 'ja', '日本語'],
  ['Simplified Chinese', 'zh-Hans', '简体中文'],
  ['Traditional Chinese', 'zh-Hant', '繁體中文'],
  ['Korean', 'ko', '한국어'],
  ['Spanish', 'es', 'Español'],
  ['Portuguese', 'pt', 'Português'],
  ['French', 'fr', 'Français'],
  ['German', 'de', 'Deutsch'],
  ['Italian', 'it', 'Italiano'],
  ['Russian', 'ru', 'Русский'],
  ['Ukrainian', 'uk', 'Українська'],
  ['Polish', 'pl', 'Polski'],
  ['Turkish', 'tr', 'Türkçe'],
  ['Vietnamese', 'vi', 'Tiếng Việt'],
  ['Indonesian', 'id', 'Bahasa Indonesia'],
  ['Thai', 'th', 'ไทย'],
  ['Arabic', 'ar', 'العربية'],
];

/** The known languages' names in the panel's language, by their English names. */
const labels = perLanguage(() => {
  const names = new Intl.DisplayNames([currentLanguage()], { type: 'language' });
  const inEnglish = currentLanguage() === 'en';
  return new Map(known.map(([name, tag]) => [name, inEnglish ? name : (names.of(tag) ?? name)]));
});

/** A project's language, as the panel shows it. A name that is not known is shown as it was typed. */
export function languageLabel(name: string): string {
  return labels().get(name) ?? name;
}

/** The name to save for a language that was chosen, or typed in any case: its English name, its name in the panel's language, or its own. */
export function languageName(label: string): string {
  const typed = label.trim().toLowerCase();
  const isMeant = (name: string) => name.toLowerCase() === typed;
  return known.find(([name, , own]) => [name, languageLabel(name), own].some(isMeant))?.[0] ?? label;
}

/** The known languages. Each note is the language's own name. */
export const languageOptions = perLanguage((): readonly SelectOption[] =>
  known.map(([name, , own]) => ({ value: languageLabel(name), label: languageLabel(name), note: own })),
);

/** What a new project is translated from and into, until the user chooses; an empty text is detected. */
export function usualLanguages(): { from: string; into: string } {
  const language = currentLanguage();
  if (language === 'ja') return { from: '', into: 'Japanese' };
  if (language === 'zh-CN') return { from: '', into: 'Simplified Chinese' };
  return typeof navigator === 'undefined' || navigator.language.startsWith('en')
    ? { from: 'English', into: 'Japanese' }
    : { from: '', into: 'English' };
}
