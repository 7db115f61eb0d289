/** The panel's languages as BCP 47 tags, used in `<html lang>` and as the locale for numbers and dates. */
export const languages = ['en', 'ja', 'zh-CN'] as const;
export type Language = (typeof languages)[number];

/** The choices in Settings: a language, or the first supported one of the system. */
export type LanguageSetting = 'system' | Language;

/** Each name in its own language, so that its speakers can find it. */
export const languageNames: Record<Language, string> = { en: 'English', ja: '日本語', 'zh-CN': '简体中文' };

function supported(tag: string): Language | null {
  const locale = new Intl.Locale(tag).maximize();
  if (locale.language === 'en' || locale.language === 'ja') return locale.language;
  // Traditional Chinese is a different script: its readers get the next language of their list.
  return locale.language === 'zh' && locale.script === 'Hans' ? 'zh-CN' : null;
}

/** The language to show for a setting; `wanted` are the system's languages, preferred first. */
export function languageFor(setting: LanguageSetting, wanted: readonly string[]): Language {
  if (setting !== 'system') return setting;
  for (const tag of wanted) {
    try {
      const language = supported(tag);
      if (language) return language;
    } catch {
      // A system may report an invalid language tag, such as `C`.
    }
  }
  return 'en';
}
