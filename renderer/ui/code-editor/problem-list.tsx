import { CircleAlert } from 'lucide-react';
import { editorMessages } from '../../messages/editor-messages.ts';
import type { PlacedProblem } from './problem-marks.ts';

interface ProblemListProps {
  problems: readonly PlacedProblem[];
  onGo: (problem: PlacedProblem) => void;
}

/** The problems of the text above; each line leads to its position. */
export function ProblemList({ problems, onGo }: ProblemListProps) {
  return (
    <div role="status" className="shrink-0">
      <ul aria-label={editorMessages.editor.problems} className="flex max-h-32 flex-col overflow-y-auto">
        {problems.map((problem, index) => (
          <li key={index}>
            <button
              type="button"
              onClick={() => onGo(problem)}
              className="flex w-full items-start gap-1.5 rounded-md px-1.5 py-1 text-left text-sm text-bad hover:bg-hover"
            >
              <CircleAlert size={13} aria-hidden="true" className="mt-0.5 shrink-0" />
              <span className="min-w-0 wrap-anywhere">
                {problem.line !== null && (
                  <span className="num">{editorMessages.editor.line(problem.line)} </span>
                )}
                {problem.message}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
