const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const han = /\p{Script=Han}/u;
const hangul = /\p{Script=Hangul}/u;
const latin = /\p{Script=Latin}/u;

/** The script of a language. */
interface Writing {
  /** The language's letters. */
  own: RegExp;
  /** Letters that every translated sentence contains. */
  sign: RegExp;
}

const scripts: Readonly<Record<string, Writing>> = {
  ja: {
    own: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー]/u,
    sign: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u,
  },
  zh: { own: /[\p{Script=Han}\p{Script=Bopomofo}]/u, sign: han },
  ko: { own: /[\p{Script=Hangul}\p{Script=Han}]/u, sign: hangul },
  ru: { own: /\p{Script=Cyrillic}/u, sign: /\p{Script=Cyrillic}/u },
  el: { own: /\p{Script=Greek}/u, sign: /\p{Script=Greek}/u },
  ar: { own: /\p{Script=Arabic}/u, sign: /\p{Script=Arabic}/u },
  he: { own: /\p{Script=Hebrew}/u, sign: /\p{Script=Hebrew}/u },
  th: { own: /\p{Script=Thai}/u, sign: /\p{Script=Thai}/u },
  hi: { own: /\p{Script=Devanagari}/u, sign: /\p{Script=Devanagari}/u },
  latin: { own: latin, sign: latin },
};
/** Languages with the script of another one. */
const sameScriptAs: Readonly<Record<string, string>> = {
  uk: 'ru',
  bg: 'ru',
  be: 'ru',
  fa: 'ar',
  ur: 'ar',
  mr: 'hi',
  ne: 'hi',
};

const names: Readonly<Record<string, string>> = {
  japanese: 'ja',
  chinese: 'zh',
  simplified_chinese: 'zh',
  traditional_chinese: 'zh',
  schinese: 'zh',
  tchinese: 'zh',
  mandarin: 'zh',
  cantonese: 'zh',
  korean: 'ko',
  russian: 'ru',
  ukrainian: 'uk',
  bulgarian: 'bg',
  greek: 'el',
  arabic: 'ar',
  persian: 'fa',
  hebrew: 'he',
  thai: 'th',
  hindi: 'hi',
  english: 'en',
  german: 'de',
  french: 'fr',
  spanish: 'es',
  italian: 'it',
  portuguese: 'pt',
  polish: 'pl',
  dutch: 'nl',
  turkish: 'tr',
  vietnamese: 'vi',
  indonesian: 'id',
  czech: 'cs',
  swedish: 'sv',
};
const latinTags = new Set(
  'en de fr es it pt pl nl tr vi id cs sk sv da no nb nn fi hu ro hr sl et lv lt ca eu gl ms tl fil is ga'.split(
    ' ',
  ),
);

/** The primary tag of a language that a user entered: `ja` for `Japanese`, `ja-JP` and `ja`; null if unknown. */
export function languageTag(language: string | null | undefined): string | null {
  if (!language) return null;
  const folded = language.trim().toLowerCase();
  const word = folded.replace(/[\s-]+/g, '_').replace(/_?\(.*$/, '');
  const named = names[word] ?? names[word.split('_').at(-1) ?? ''] ?? names[word.split('_')[0] ?? ''];
  if (named) return named;
  const [tag = ''] = folded.split(/[-_]/);
  return scripts[tag] || sameScriptAs[tag] || latinTags.has(tag) ? tag : null;
}

/** The script of a language; null if unknown. */
export function writingOf(tag: string | null): Writing | null {
  if (tag === null) return null;
  return (
    scripts[tag] ??
    scripts[sameScriptAs[tag] ?? ''] ??
    (latinTags.has(tag) ? (scripts['latin'] ?? null) : null)
  );
}

/** All scripts except Latin. */
const nonLatinScripts: readonly RegExp[] = [
  kana,
  han,
  hangul,
  ...Object.values(scripts)
    .slice(3, -1)
    .map(({ own }) => own),
];

/** The first letter of a script that the language does not use. Latin letters are allowed, for names and abbreviations. */
export function foreignLetter(text: string, tag: string | null): string | null {
  const writing = writingOf(tag);
  if (!writing) return null;
  for (const letter of text)
    if (!writing.own.test(letter) && nonLatinScripts.some((script) => script.test(letter))) return letter;
  return null;
}
