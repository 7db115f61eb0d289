import { codedText } from '../../lib/coded-text.ts';
import { withoutCode, type CodeSyntax } from '../text/code-tokens.ts';
import { foreignLetter, writingOf } from './language-script.ts';
import { problemOf, type Problem } from './problem.ts';

export interface LanguageText {
  source: string;
  target: string;
  /** Primary language tags; null if unknown. */
  sourceTag: string | null;
  targetTag: string | null;
  syntaxes: readonly CodeSyntax[] | undefined;
  /** Words that may be in another script: the translations of the glossary. */
  allowed: readonly string[];
}

const wordsIn = (text: string) => text.match(/\p{L}{2,}/gu) ?? [];
const folded = (text: string) =>
  text
    .replace(/[\s\p{P}\p{S}]+/gu, ' ')
    .trim()
    .toLowerCase();

/** Texts with fewer words may be names, which can stay untranslated. */
const minSentenceWords = 3;

function isUntranslated({ source, target, sourceTag, targetTag, syntaxes }: LanguageText): boolean {
  const own = writingOf(targetTag);
  const words = wordsIn(withoutCode(target, syntaxes));
  const differs = own !== null && own.sign !== writingOf(sourceTag)?.sign;
  const sourceWords = wordsIn(withoutCode(source, syntaxes));
  const isSentence = sourceWords.some((word) => word === word.toLowerCase() && word.length > 2);
  if (differs && words.length >= minSentenceWords && isSentence)
    return !own.sign.test(withoutCode(target, syntaxes));
  return words.length >= minSentenceWords && isSentence && folded(source) === folded(target);
}

/** Finds texts that are not translated, and letters of a script that the target language does not use. */
export function languageProblems(text: LanguageText): Problem[] {
  if (isUntranslated(text))
    return [problemOf('error', codedText('unit_problem', 'untranslated', {}, 'It is not translated.'))];
  const { target, targetTag, syntaxes, allowed } = text;
  let checked = withoutCode(target, syntaxes);
  for (const word of allowed) if (word !== '') checked = checked.split(word).join(' ');
  const letter = foreignLetter(checked, targetTag);
  if (letter === null) return [];
  return [
    problemOf(
      'error',
      codedText(
        'unit_problem',
        'left_over',
        { letter },
        `Letters of another script are left in it: “${letter}”.`,
      ),
      { source: [], target: [letter] },
    ),
  ];
}
