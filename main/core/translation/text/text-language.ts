/** Languages that a test can expect. They are distinguished by script, or by their most frequent short words. */
export const testableLanguages = ['en', 'de', 'fr', 'es', 'ja', 'zh', 'ko', 'ru'] as const;
export type TestableLanguage = (typeof testableLanguages)[number];

const latinLanguages = ['en', 'de', 'fr', 'es'] as const;
type LatinLanguage = (typeof latinLanguages)[number];

/** Contractions: "it's" is English, "c'est" is French. */
const elision: Partial<Record<LatinLanguage, RegExp>> = {
  en: /['’](?:s|t|m|d|re|ve|ll)$/,
  fr: /^(?:[cdjlmnst]|qu)['’]/,
};

const frequentWords: Record<LatinLanguage, ReadonlySet<string>> = {
  en: new Set(
    'the and of to a in is it that was he she they you i for on with as his her at be this have from or but not what all were when we there out if no so my your their them had him who are its by an up do will me one'.split(
      ' ',
    ),
  ),
  de: new Set(
    'der die das und ist nicht ein eine ich du er sie es wir ihr zu den dem mit auf für von sich im auch an als wie aber noch nur war hat bei um nach was so wenn kein mein dein einen des'.split(
      ' ',
    ),
  ),
  fr: new Set(
    'le la les et est un une je tu il elle nous vous ils pas que qui ne de des du dans pour sur avec ce se au en mais plus par son sa ses mon ma était'.split(
      ' ',
    ),
  ),
  es: new Set(
    'el la los las y es un una yo tú él ella no que de del en por para con se lo al su sus mi pero más como está muy era fue sin sobre ya me te le nos si cuando'.split(
      ' ',
    ),
  ),
};

function share(text: string, script: RegExp): number {
  const letters = text.match(/\p{L}/gu) ?? [];
  return letters.length ? letters.filter((letter) => script.test(letter)).length / letters.length : 0;
}

/** The required share of letters in the right script; the others may be code and names. */
const minShare = 0.9;

/**
 * Whether a text is in a language. A short text in the right script passes: "Ren." may be English or German.
 * @returns null if the text has no letters
 */
export function isInLanguage(text: string, language: TestableLanguage): boolean | null {
  if (!/\p{L}/u.test(text)) return null;
  const kana = /[\p{Script=Hiragana}\p{Script=Katakana}ー]/u;
  switch (language) {
    case 'ja':
      // Full-width Latin letters are Japanese writing: laughter is ｗｗｗ, and a shirt is a Ｔシャツ.
      return (
        share(text, /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ーＡ-Ｚａ-ｚ]/u) >= minShare &&
        kana.test(text)
      );
    case 'zh':
      return share(text, /\p{Script=Han}/u) >= minShare && !kana.test(text);
    case 'ko':
      return share(text, /[\p{Script=Hangul}\p{Script=Han}]/u) >= minShare && /\p{Script=Hangul}/u.test(text);
    case 'ru':
      return share(text, /\p{Script=Cyrillic}/u) >= minShare;
    default: {
      if (share(text, /\p{Script=Latin}/u) < minShare) return false;
      const words = text.toLowerCase().match(/\p{L}+(?:['’]\p{L}+)?/gu) ?? [];
      const hits = (name: LatinLanguage) =>
        words.filter((word) => frequentWords[name].has(word) || elision[name]?.test(word)).length;
      // One more short word of another language may be chance: "um" is English and German.
      return latinLanguages.every((other) => hits(other) <= hits(language) + 1);
    }
  }
}
