import { Vote } from 'lucide-react';
import type { BallotView } from '../../../../contract/trials.ts';
import { runCommand } from '../../../api/run-command.ts';
import { useAction } from '../../../api/use-action.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { trialsMessages } from '../../../messages/trials-messages.ts';
import { goTo } from '../../../state/view.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorCard } from '../../../ui/call/error-card.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { formatCount } from '../../../ui/format.ts';
import { Page, PageBody } from '../../../ui/page.tsx';
import { Progress } from '../../../ui/progress.tsx';
import { QueryFailure } from '../../../ui/query-failure.tsx';
import { Section } from '../../../ui/section.tsx';

type Choice = 'left' | 'right' | 'tie';

/** Shows pair after pair of anonymous replies until all are voted on. */
export function VotePage({ trial }: { trial: string }) {
  const t = trialsMessages.trials;
  const { data, isError, error, refetch } = useOperation('trials.ballot', { trial });
  const vote = useAction();
  const back = <Button onClick={() => goTo('trials', trial)}>{t.back}</Button>;
  if (isError) return <QueryFailure error={error.info} onRetry={() => void refetch()} />;
  if (!data) return null;
  const { ballot, done, total } = data;
  if (!ballot)
    return (
      <Page title={t.vote} actions={back}>
        <EmptyState icon={Vote} title={total ? t.allVoted : t.nothingToVote}>
          {total > 0 && t.allVotedHelp}
        </EmptyState>
      </Page>
    );
  const choose = (choice: Choice) =>
    vote.run(async () => {
      await runCommand('trials.vote', { trial, ballot: ballot.ballot, choice });
      await refetch();
    });
  return (
    <Page title={t.vote} actions={back}>
      <PageBody>
        <div role="status" className="flex flex-col gap-1">
          <span className="text-sm text-ink-soft">{t.pair(formatCount(done + 1), formatCount(total))}</span>
          <Progress label={t.vote} value={done} of={total} />
        </div>
        <Asked ballot={ballot} />
        <div className="grid grid-cols-1 gap-3 md:grid-cols-2">
          <Reply title={t.replyA} text={ballot.left} />
          <Reply title={t.replyB} text={ballot.right} />
        </div>
        <div className="flex flex-wrap gap-2">
          <Button disabled={vote.busy} onClick={() => choose('left')}>
            {t.better('A')}
          </Button>
          <Button disabled={vote.busy} onClick={() => choose('tie')}>
            {t.neither}
          </Button>
          <Button disabled={vote.busy} onClick={() => choose('right')}>
            {t.better('B')}
          </Button>
        </div>
        {vote.error && <ErrorCard error={vote.error} />}
      </PageBody>
    </Page>
  );
}

function Asked({ ballot: { source, speaker, context } }: { ballot: BallotView }) {
  const t = trialsMessages.trials;
  return (
    <Section look="page" title={t.asked}>
      <p className="wrap-anywhere whitespace-pre-wrap">{source}</p>
      {speaker !== null && <p className="text-sm text-ink-soft">{`${t.speaker}: ${speaker}`}</p>}
      {context !== null && (
        <p className="text-sm wrap-anywhere text-ink-soft">{`${t.context}: ${context}`}</p>
      )}
    </Section>
  );
}

function Reply({ title, text }: { title: string; text: string }) {
  return (
    <section aria-label={title} className="flex flex-col gap-1 rounded-md border border-line bg-raised p-3">
      <h2 className="text-sm text-ink-faint">{title}</h2>
      <p className="wrap-anywhere whitespace-pre-wrap">{text}</p>
    </section>
  );
}
