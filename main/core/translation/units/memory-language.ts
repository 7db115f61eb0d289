/** Language tags by name. Regions and scripts are distinguished: `pt-br` is not `pt`. */
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

/** The memory's tag for a language, so that `Japanese` and `ja` are the same. */
export function memoryLanguage(language: string): string {
  const folded = language
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
  return tags[folded] ?? folded;
}
