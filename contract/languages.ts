/** The languages of the panel, as BCP 47 tags: they stand in `<html lang>` and are the locale of numbers and dates. */
export const languages = ['en', 'ja', 'zh-CN'] as const;
export type Language = (typeof languages)[number];

/** What Settings offers: one of them, or the first of them that the system asks for. */
export type LanguageSetting = 'system' | Language;

/** Each in its own words: who reads no other language must find it. */
export const languageNames: Record<Language, string> = { en: 'English', ja: '日本語', 'zh-CN': '简体中文' };

function supported(tag: string): Language | null {
  const locale = new Intl.Locale(tag).maximize();
  if (locale.language === 'en' || locale.language === 'ja') return locale.language;
  // Traditional Chinese is a different way of writing: its readers get the next language of their list.
  return locale.language === 'zh' && locale.script === 'Hans' ? 'zh-CN' : null;
}

/** The language to show for a setting; `wanted` are the system's languages, the preferred one first. */
export function languageFor(setting: LanguageSetting, wanted: readonly string[]): Language {
  if (setting !== 'system') return setting;
  for (const tag of wanted) {
    try {
      const language = supported(tag);
      if (language) return language;
    } catch {
      // A system may name what is no language tag, such as `C`.
    }
  }
  return 'en';
}
