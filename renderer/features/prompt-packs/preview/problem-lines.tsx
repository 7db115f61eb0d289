import { CircleAlert } from 'lucide-react';
import type { PackProblem } from '../../../../contract/user-pack.ts';
import { packProblemText } from '../../../api/coded-text.ts';
import { promptPacksMessages } from '../../../messages/prompt-packs-messages.ts';

const t = promptPacksMessages.promptPacks;

function locationOf({ file, path, line, column }: PackProblem): string {
  const name = file === 'values' ? t.values : file;
  if (line !== undefined) return `${name} ${t.problemPlace(line, column ?? 1)}`;
  return path ? `${name} · ${path}` : name;
}

/** Removes the position at the end of Liquid's message, which is shown before it here. */
function textOf(problem: PackProblem): string {
  const { line } = problem;
  const message = packProblemText(problem);
  return line === undefined ? message : message.replace(/,? ?(?:file:\S+, )?line:\d+(?:, col:\d+)?$/, '');
}

/** All problems of a pack, each with its position. */
export function ProblemLines({ problems }: { problems: readonly PackProblem[] }) {
  if (problems.length === 0) return null;
  return (
    <ul aria-label={t.problems} className="flex flex-col gap-1 rounded-md bg-bad-soft px-2.5 py-2">
      {problems.map((problem, at) => (
        <li key={at} className="flex items-start gap-2">
          <CircleAlert size={13} aria-hidden="true" className="mt-0.5 shrink-0 text-bad" />
          <span className="min-w-0 wrap-anywhere">
            <span className="num text-sm text-ink-soft">{locationOf(problem)}</span> {textOf(problem)}
          </span>
        </li>
      ))}
    </ul>
  );
}
