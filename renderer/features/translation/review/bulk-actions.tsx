import { Check, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import type { ProjectView } from '../../../../contract/translation.ts';
import { runCommand } from '../../../api/run-command.ts';
import { useAction } from '../../../api/use-action.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { translationMessages as t } from '../../../messages/translation-messages.ts';
import { translationReviewMessages as reviewTexts } from '../../../messages/translation-review-messages.ts';
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

const icon = { size: 13, 'aria-hidden': true } as const;

/** Actions on all flagged lines, or on all lines with one problem. Nothing if the filter shows neither. */
export function BulkActions({ view, query, filter, shown }: BulkActionsProps) {
  const [asking, setAsking] = useState(false);
  const { busy, error, run } = useAction();
  const project = view.id;
  const problem = filter.show.startsWith('problem:') ? filter.show.slice('problem:'.length) : undefined;
  const flagged = filter.show === 'state:flagged';
  const draft = filter.show === 'state:draft';
  // A retry selects lines by problem only; the other filters just narrow the table.
  const filtersNothingElse = filter.speaker === '' && filter.file === '' && filter.text.trim() === '';
  // Only flagged lines are sent again; other lines with the problem were approved as they are.
  const ofProblem = useOperation(
    'translate.index',
    { project, problem, state: 'flagged' },
    { enabled: problem !== undefined && filtersNothingElse },
  ).data;
  if (shown === 0 || (problem === undefined && !flagged && !draft)) return null;
  const toRetry = !filtersNothingElse || draft ? 0 : problem === undefined ? shown : (ofProblem?.total ?? 0);
  const count = formatCount(toRetry);
  const running = view.run?.state === 'running';
  const approve = () =>
    run(async () => {
      const { approved } = await runCommand('translate.approve', { project, ...query });
      toast({
        title:
          approved === 0
            ? reviewTexts.review.approvedNone
            : reviewTexts.review.approvedMany(formatCount(approved)),
      });
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
            title={running ? reviewTexts.review.running : undefined}
            aria-expanded={asking}
            onClick={() => setAsking(!asking)}
          >
            <RotateCcw {...icon} />
            {problem === undefined
              ? reviewTexts.review.retryFlagged(count)
              : reviewTexts.review.retryProblem(count, problemName(problem))}
          </Button>
        )}
        <Button disabled={busy} title={reviewTexts.review.approveAllHelp} onClick={approve}>
          <Check {...icon} />
          {reviewTexts.review.approveAll(formatCount(shown))}
        </Button>
      </div>
      {asking && toRetry > 0 && (
        <div className="flex flex-wrap items-center gap-3">
          <p className="min-w-0 flex-1 text-sm text-ink-soft">
            {reviewTexts.review.retryMany(count)}{' '}
            {about > 0 && reviewTexts.review.retryAbout(formatUsd(about))}
          </p>
          <Button look="live" disabled={busy || running} onClick={retry}>
            {reviewTexts.review.retry}
          </Button>
          <Button look="quiet" onClick={() => setAsking(false)}>
            {t.run.keep}
          </Button>
        </div>
      )}
      {error && <ErrorCard error={error} />}
    </div>
  );
}
