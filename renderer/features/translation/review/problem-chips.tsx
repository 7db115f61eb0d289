import type { UnitView } from '../../../../contract/translation.ts';
import { codedText } from '../../../api/coded-text.ts';
import { translationReviewMessages as reviewTexts } from '../../../messages/translation-review-messages.ts';
import { Badge } from '../../../ui/badge.tsx';

type Problem = UnitView['problems'][number];

export const problemName = (code: string) => reviewTexts.review.problem[code] ?? code;

/** What is wrong, in a sentence. */
export const problemText = ({ code, message, values }: Problem): string =>
  codedText('unit_problem', message, values && { code, values });

/** The first marked word of a problem. */
function firstWordOf(problem: Problem): string {
  const [first] = [...(problem.words?.source ?? []), ...(problem.words?.target ?? [])];
  return first === undefined ? '' : ` ${first.length > 10 ? `${first.slice(0, 9)}…` : first}`;
}

/** The problems found by checks, worst first; a row has room for two. */
export function ProblemChips({ problems, max = 2 }: { problems: readonly Problem[]; max?: number }) {
  if (problems.length === 0) return null;
  const sorted = problems.toSorted((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'));
  const allMessages = problems.map(problemText).join('\n');
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-1 overflow-hidden">
      {sorted.slice(0, max).map((problem, at) => (
        <Badge key={at} tone={problem.severity === 'error' ? 'bad' : 'warn'} title={allMessages}>
          {problemName(problem.code)}
          {firstWordOf(problem)}
        </Badge>
      ))}
      {sorted.length > max && (
        <span className="num text-xs text-ink-faint">{reviewTexts.review.more(sorted.length - max)}</span>
      )}
    </span>
  );
}
