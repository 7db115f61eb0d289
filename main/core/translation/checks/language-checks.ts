import { withoutCode, type CodeSyntax } from '../text/code-tokens.ts';
import { foreignLetter, writingOf } from './language-script.ts';
import type { Problem } from './problem.ts';

export interface LanguageText {
  source: string;
  target: string;
  /** Primary tags; null where the language is not known. */
  sourceTag: string | null;
  targetTag: string | null;
  syntaxes: readonly CodeSyntax[] | undefined;
  /** Words that may stand in another script: what the glossary has them translated as. */
  allowed: readonly string[];
}

const wordsIn = (text: string) => text.match(/\p{L}{2,}/gu) ?? [];
const folded = (text: string) =>
  text
    .replace(/[\s\p{P}\p{S}]+/gu, ' ')
    .trim()
    .toLowerCase();

/** Names stay as they are; a sentence does not. */
const sentenceWords = 3;

function isUntranslated({ source, target, sourceTag, targetTag, syntaxes }: LanguageText): boolean {
  const own = writingOf(targetTag);
  const words = wordsIn(withoutCode(target, syntaxes));
  const differs = own !== null && own.sign !== writingOf(sourceTag)?.sign;
  const sourceWords = wordsIn(withoutCode(source, syntaxes));
  const sentence = sourceWords.some((word) => word === word.toLowerCase() && word.length > 2);
  if (differs && words.length >= sentenceWords && sentence)
    return !own.sign.test(withoutCode(target, syntaxes));
  return words.length >= sentenceWords && sentence && folded(source) === folded(target);
}

/** Whether a translation is one: not the source again, and no letters of a script that the language does not have. */
export function languageProblems(text: LanguageText): Problem[] {
  if (isUntranslated(text))
    return [{ code: 'untranslated', severity: 'error', message: 'It is not translated.' }];
  const { target, targetTag, syntaxes, allowed } = text;
  let rest = withoutCode(target, syntaxes);
  for (const word of allowed) if (word !== '') rest = rest.split(word).join(' ');
  const letter = foreignLetter(rest, targetTag);
  if (letter === null) return [];
  return [
    {
      code: 'left_over',
      severity: 'error',
      message: `Letters of another script are left in it: “${letter}”.`,
      words: { source: [], target: [letter] },
    },
  ];
}
