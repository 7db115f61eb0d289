import { Check, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import type { ProjectView } from '../../../../contract/translation.ts';
import { runCommand } from '../../../api/run-command.ts';
import { useAction } from '../../../api/use-action.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { translationMessages } from '../../../messages/translation-messages.ts';
import { translationReviewMessages } from '../../../messages/translation-review-messages.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorCard } from '../../../ui/call/error-card.tsx';
import { formatCount, formatUsd } from '../../../ui/format.ts';
import { problemName } from './problem-chips.tsx';
import type { ReviewFilter, UnitQuery } from './review-filter.ts';

interface BulkActionsProps {
  view: ProjectView;
  query: UnitQuery;
  filter: ReviewFilter;
  shown: number;
}

const t = translationReviewMessages.review;
const icon = { size: 13, 'aria-hidden': true } as const;

/** Actions on all flagged lines, all drafts, or all lines with one problem. Nothing for other filters. */
export function BulkActions({ view, query, filter, shown }: BulkActionsProps) {
  const [asking, setAsking] = useState(false);
  const { busy, error, run } = useAction();
  const project = view.id;
  const problem = problemIn(filter);
  const ofProblem = useFlaggedWith(project, problem, filter);
  const isOffered = problem !== undefined || filter.show === 'state:flagged' || filter.show === 'state:draft';
  if (shown === 0 || !isOffered) return null;
  const toRetry = linesToRetry(filter, shown, ofProblem);
  const count = formatCount(toRetry);
  const running = view.run?.state === 'running';
  const approve = () =>
    run(async () => {
      const { approved } = await runCommand('translate.approve', { project, ...query });
      toast({ title: approved === 0 ? t.approvedNone : t.approvedMany(formatCount(approved)) });
    });
  const retry = () =>
    run(async () => {
      await runCommand('translate.retry', { project, ...(problem === undefined ? {} : { problem }) });
      setAsking(false);
    });
  const done = view.units.total - (view.units.by_state['new'] ?? 0);
  const about = done > 0 ? (view.spent_usd / done) * toRetry : 0;
  return (
    <div className="flex shrink-0 flex-col gap-2 border-b border-line px-4 py-1.5">
      <div className="flex flex-wrap items-center gap-2">
        {toRetry > 0 && (
          <Button
            disabled={busy || running}
            title={running ? t.running : undefined}
            aria-expanded={asking}
            onClick={() => setAsking(!asking)}
          >
            <RotateCcw {...icon} />
            {problem === undefined ? t.retryFlagged(count) : t.retryProblem(count, problemName(problem))}
          </Button>
        )}
        <Button disabled={busy} title={t.approveAllHelp} onClick={approve}>
          <Check {...icon} />
          {t.approveAll(formatCount(shown))}
        </Button>
      </div>
      {asking && toRetry > 0 && (
        <div className="flex flex-wrap items-center gap-3">
          <p className="min-w-0 flex-1 text-sm text-ink-soft">
            {t.retryMany(count)} {about > 0 && t.retryAbout(formatUsd(about))}
          </p>
          <Button look="live" disabled={busy || running} onClick={retry}>
            {t.retry}
          </Button>
          <Button look="quiet" onClick={() => setAsking(false)}>
            {translationMessages.run.keep}
          </Button>
        </div>
      )}
      {error && <ErrorCard error={error} />}
    </div>
  );
}

/** The problem that the filter shows; undefined if it shows something else. */
function problemIn({ show }: ReviewFilter): string | undefined {
  return show.startsWith('problem:') ? show.slice('problem:'.length) : undefined;
}

/** A retry selects lines by problem only; other filters just narrow the table. */
function isNarrowed({ speaker, file, text }: ReviewFilter): boolean {
  return speaker !== '' || file !== '' || text.trim() !== '';
}

/** How many flagged lines have a problem. Other lines with it were approved as they are, and are not sent again. */
function useFlaggedWith(project: string, problem: string | undefined, filter: ReviewFilter): number {
  const enabled = problem !== undefined && !isNarrowed(filter);
  return (
    useOperation('translate.index', { project, problem, state: 'flagged' }, { enabled }).data?.total ?? 0
  );
}

/** The number of lines that a retry would send; 0 if it cannot send just those that the filter shows. */
function linesToRetry(filter: ReviewFilter, shown: number, flaggedWithProblem: number): number {
  if (isNarrowed(filter)) return 0;
  if (problemIn(filter) !== undefined) return flaggedWithProblem;
  return filter.show === 'state:flagged' ? shown : 0;
}
