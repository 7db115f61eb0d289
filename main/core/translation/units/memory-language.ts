/** Names of languages by the tag that callers use for them. Regions and scripts are told apart: `pt-br` is not `pt`. */
const tags: Readonly<Record<string, string>> = {
  japanese: 'ja',
  english: 'en',
  german: 'de',
  french: 'fr',
  spanish: 'es',
  italian: 'it',
  portuguese: 'pt',
  russian: 'ru',
  korean: 'ko',
  chinese: 'zh',
  'simplified-chinese': 'zh-hans',
  schinese: 'zh-hans',
  'zh-cn': 'zh-hans',
  'traditional-chinese': 'zh-hant',
  tchinese: 'zh-hant',
  'zh-tw': 'zh-hant',
  polish: 'pl',
  dutch: 'nl',
  turkish: 'tr',
  vietnamese: 'vi',
  thai: 'th',
  indonesian: 'id',
  ukrainian: 'uk',
  arabic: 'ar',
  czech: 'cs',
  greek: 'el',
  hungarian: 'hu',
  swedish: 'sv',
};

/** How the memory spells a language, so that `Japanese` and `ja` are one. */
export function memoryLanguage(language: string): string {
  const folded = language
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
  return tags[folded] ?? folded;
}
