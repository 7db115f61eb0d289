const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const han = /\p{Script=Han}/u;
const hangul = /\p{Script=Hangul}/u;
const latin = /\p{Script=Latin}/u;

/** How a language is written. */
interface Writing {
  /** Letters that belong into a text of it. */
  own: RegExp;
  /** Letters that show that a text was translated; without one it was not. */
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
const alike: Readonly<Record<string, string>> = {
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

/** The primary tag of a language that a user named: `Japanese`, `ja-JP` and `ja` are `ja`; null for one we do not know. */
export function languageTag(language: string | null | undefined): string | null {
  if (!language) return null;
  const folded = language.trim().toLowerCase();
  const word = folded.replace(/[\s-]+/g, '_').replace(/_?\(.*$/, '');
  const named = names[word] ?? names[word.split('_').at(-1) ?? ''] ?? names[word.split('_')[0] ?? ''];
  if (named) return named;
  const [tag = ''] = folded.split(/[-_]/);
  return scripts[tag] || alike[tag] || latinTags.has(tag) ? tag : null;
}

/** How a language is written; null for one we do not know. */
export function writingOf(tag: string | null): Writing | null {
  if (tag === null) return null;
  return (
    scripts[tag] ?? scripts[alike[tag] ?? ''] ?? (latinTags.has(tag) ? (scripts['latin'] ?? null) : null)
  );
}

const kinds: readonly RegExp[] = [
  kana,
  han,
  hangul,
  ...Object.values(scripts)
    .slice(3, -1)
    .map(({ own }) => own),
];

/** The first letter of a text that a language is not written with, Latin ones aside: names and abbreviations have them. */
export function foreignLetter(text: string, tag: string | null): string | null {
  const writing = writingOf(tag);
  if (!writing) return null;
  for (const letter of text)
    if (!writing.own.test(letter) && kinds.some((kind) => kind.test(letter))) return letter;
  return null;
}
