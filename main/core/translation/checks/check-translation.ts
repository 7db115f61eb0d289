import { codedText } from '../../lib/coded-text.ts';
import { matchTerms } from '../glossary/match-terms.ts';
import { translationsOf, type GlossaryEntry } from '../glossary/glossary-entry.ts';
import type { CodeSyntax } from '../text/code-tokens.ts';
import { compareCode } from '../text/compare-code.ts';
import { languageProblems } from './language-checks.ts';
import { problemOf, type Problem } from './problem.ts';
import { shapeProblems } from './shape-checks.ts';

/** The rules that a translation is checked against. */
export interface CheckRules {
  sourceTag: string | null;
  targetTag: string | null;
  syntaxes: readonly CodeSyntax[] | undefined;
  wraps: boolean;
  /** Sorted by `sortedGlossary`. */
  glossary: readonly GlossaryEntry[];
  /** Skips the language checks: the stub's `~text~` is in no language. */
  anyLanguage?: boolean;
}

export interface CheckedText {
  source: string;
  target: string;
  speaker: string | null;
  maxCells: number | null;
}

const joined = (tokens: readonly string[]) => tokens.slice(0, 5).join(' ');
const joinedOrNull = (tokens: readonly string[]) => (tokens.length ? joined(tokens) : null);

function codeProblem({ source, target }: CheckedText, { syntaxes }: CheckRules): Problem[] {
  const { isSame, missing, added, misplaced } = compareCode(source, target, syntaxes);
  if (isSame) return [];
  const parts = [
    ...(missing.length ? [`missing: ${joined(missing)}`] : []),
    ...(added.length ? [`not in the source: ${joined(added)}`] : []),
    ...(misplaced.length ? [`in the wrong place: ${joined(misplaced)}`] : []),
  ];
  const words = { source: missing, target: [...added, ...misplaced] };
  const values = {
    missing: joinedOrNull(missing),
    added: joinedOrNull(added),
    misplaced: joinedOrNull(misplaced),
  };
  const message = `Code or placeholders differ; ${parts.join('; ')}.`;
  return [problemOf('error', codedText('unit_problem', 'code', values, message), words)];
}

function glossaryProblems(text: CheckedText, matched: readonly GlossaryEntry[]): Problem[] {
  const target = text.target.toLowerCase();
  return matched.flatMap((entry): Problem[] => {
    const translations = translationsOf(entry);
    const { term } = entry;
    const [translation] = translations;
    if (translation === undefined || translations.some((one) => target.includes(one.toLowerCase())))
      return [];
    const message = `“${term}” is not translated as “${translation}”.`;
    const text = codedText('unit_problem', 'glossary', { term, translation }, message);
    return [problemOf('warning', text, { source: [term], target: [] })];
  });
}

/** Runs all mechanical checks; pure. An empty list does not mean that the translation is good. */
export function checkTranslation(text: CheckedText, rules: CheckRules): Problem[] {
  const { source, target } = text;
  if (target.trim() === '')
    return [problemOf('error', codedText('unit_problem', 'empty', { asked: false }, 'There is no text.'))];
  const matched = matchTerms(source, rules.glossary);
  const allowed = rules.glossary.flatMap(translationsOf);
  const language = rules.anyLanguage ? [] : languageProblems({ ...rules, source, target, allowed });
  const shape = shapeProblems({ ...rules, ...text });
  return [...codeProblem(text, rules), ...shape, ...language, ...glossaryProblems(text, matched)];
}
