import {
  commonHangul,
  commonJapanese,
  commonSimplified,
  commonTraditional,
  firstLevel,
} from './common-characters.ts';

/** The language whose letters a candidate encoding is expected to have. `any`: UTF-16 has no single language. */
export type Language = 'ja' | 'zhHans' | 'zhHant' | 'ko' | 'cyrillic' | 'latin' | 'any';

// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const control = /[\0-\x08\x0e-\x19\x1c-\x1f\x7f]/;
const han = /\p{Script=Han}/u;
const unassigned = /[\p{Co}\p{Cn}\p{Cs}\p{Cc}\ufffd]/u;
const quotesAndDashes = /[’‘“”—–…«» ]/u;
const russianVowel = /[аеёиоуыэюяіїє]/iu;
const russianLower = /[а-яёіїєґ]/u;
const russianUpper = /[А-ЯЁІЇЄҐ]/u;
const latinLetter = /\p{Script=Latin}/u;
const usualLatin = /[àâäáãåæçéèêëíìîïñóòôöõøœúùûüýÿßÀÂÄÁÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØŒÚÙÛÜÝšžŠŽ]/u;
const usualPunctuation = /[’‘“”—–…«»¡¿°©®™·€ºª†• ]/u;
const cjkPunctuation = /[、。「」『』【】（）！？…—～〜・：；，．　“”‘’《》〈〉〔〕―♪★☆※]/u;

/**
 * How well decoded text fits a language, from about -2 (nonsense) to 1 (only common letters). Only letters beyond ASCII
 * count; for UTF-16 (`any`), ASCII counts too, as a sign of text.
 * @returns null for a control character that does not occur in text
 */
export function scoreText(text: string, language: Language): number | null {
  if (control.test(text)) return null;
  let sum = 0;
  let count = 0;
  let before = '';
  const letters = [...text];
  for (const [index, letter] of letters.entries()) {
    const isAscii = letter < '\x80';
    if (!isAscii || language === 'any') {
      sum += isAscii ? 1 : scoreLetter(letter, before, letters[index + 1] ?? '', language);
      count += 1;
    }
    before = letter;
  }
  return count === 0 ? 0 : sum / count;
}

function scoreLetter(letter: string, before: string, after: string, language: Language): number {
  if (unassigned.test(letter)) return -2;
  if (language === 'cyrillic') return scoreCyrillic(letter, before, after);
  if (language === 'latin') return scoreLatin(letter, before, after);
  const code = letter.codePointAt(0) ?? 0;
  if (cjkPunctuation.test(letter)) return 0.8;
  if (code >= 0x3041 && code <= 0x30fe) return scoreKana(language);
  if (code >= 0xff01 && code <= 0xff5e) return 0.6;
  if (code >= 0xff61 && code <= 0xff9f) return language === 'ja' ? scoreHalfKana(before, after) : -0.3;
  if (code >= 0xac00 && code <= 0xd7a3) return scoreHangul(letter, language);
  if (han.test(letter)) return scoreHan(letter, language);
  if (language === 'any') return russianLower.test(letter) || usualLatin.test(letter) ? 0.8 : -0.5;
  return 0;
}

function scoreKana(language: Language): number {
  // GBK, Big5 and EUC-KR have kana too, GBK even with the codes of EUC-JP.
  return language === 'ja' || language === 'any' ? 1 : 0.3;
}

function scoreHalfKana(before: string, after: string): number {
  if (/[A-Za-z]/.test(before) || /[A-Za-z]/.test(after)) return -0.3;
  return /[\uff61-\uff9f]/.test(before + after) ? 0.52 : 0.25;
}

function scoreHangul(letter: string, language: Language): number {
  if (language !== 'ko' && language !== 'any') return -0.5;
  if (commonHangul.has(letter)) return 1;
  return firstLevel('ko').has(letter) ? 0.4 : -0.2;
}

function scoreHan(letter: string, language: Language): number {
  switch (language) {
    case 'ja':
      return commonJapanese.has(letter) ? 1 : firstLevel('ja').has(letter) ? 0.5 : -0.2;
    case 'zhHans':
      return commonSimplified.has(letter) ? 1 : firstLevel('zhHans').has(letter) ? 0.5 : -0.2;
    case 'zhHant':
      return commonTraditional.has(letter) ? 1 : firstLevel('zhHant').has(letter) ? 0.5 : -0.2;
    case 'any':
      return commonJapanese.has(letter) || commonSimplified.has(letter) || commonTraditional.has(letter)
        ? 0.9
        : 0;
    default:
      // Modern Korean is written without Chinese characters.
      return -0.2;
  }
}

function scoreCyrillic(letter: string, before: string, after: string): number {
  const isLetter = russianLower.test(letter) || russianUpper.test(letter);
  if (!isLetter) {
    if (letter === '№') return 0.6;
    if (!quotesAndDashes.test(letter)) return -0.5;
    // A quote or a dash within a word comes from another encoding.
    return isRussian(before) && isRussian(after) ? -0.5 : 0.6;
  }
  if (/[A-Za-z]/.test(before) || /[A-Za-z]/.test(after)) return -0.8;
  if (!isRussian(before) && !isRussian(after)) return 0.5;
  const isHard = !russianVowel.test(letter);
  const isRepeated =
    letter.toLowerCase() === before.toLowerCase() && letter.toLowerCase() === after.toLowerCase();
  if (isRepeated && isHard) return 0.3;
  if (russianLower.test(letter)) return /[іїєґ]/.test(letter) ? 0.6 : 1;
  if (russianLower.test(before)) return -0.8;
  return isRussian(before) ? 0.6 : 0.9;
}

function isRussian(letter: string): boolean {
  return russianLower.test(letter) || russianUpper.test(letter);
}

function scoreLatin(letter: string, before: string, after: string): number {
  const besideAscii = /[A-Za-z]/.test(before) || /[A-Za-z]/.test(after);
  if (letter === '¡' || letter === '¿') return besideAscii ? 1 : 0.5;
  if (quotesAndDashes.test(letter)) return isForeign(before) || isForeign(after) ? 0 : 0.7;
  if (usualPunctuation.test(letter)) return before < '\x80' && after < '\x80' ? 0.6 : -0.2;
  if (!usualLatin.test(letter)) return -0.3;
  if (isForeign(before) || isForeign(after)) return besideAscii ? 0.4 : -0.2;
  if (!besideAscii) return /[àèéÀÈÉÊòó]/.test(letter) ? 0.6 : 0.3;
  const isUpper = letter !== letter.toLowerCase();
  return isUpper && /[a-z]/.test(before) ? -0.5 : 1;
}

function isForeign(letter: string): boolean {
  return letter >= '\x80' && latinLetter.test(letter);
}
