import { FlaskConicalOff } from 'lucide-react';
import { useState } from 'react';
import type { RankingName, TrialView } from '../../../../contract/trials.ts';
import { stopText } from '../../../api/coded-text.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { trialsMessages } from '../../../messages/trials-messages.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { formatCount, formatDay, formatUsd } from '../../../ui/format.ts';
import { Page } from '../../../ui/page.tsx';
import { Progress } from '../../../ui/progress.tsx';
import { QueryFailure } from '../../../ui/query-failure.tsx';
import { Section } from '../../../ui/section.tsx';
import { Select } from '../../../ui/select.tsx';
import { JudgeForm } from './judge-form.tsx';
import { ResultTable } from './result-table.tsx';
import { TrialActions } from './trial-actions.tsx';

/** A trial: its progress, and its table of results. */
export function TrialPage({ id }: { id: string }) {
  const t = trialsMessages.trials;
  const [rankedBy, setRankedBy] = useState<RankingName | null>(null);
  const [voter, setVoter] = useState<string | null>(null);
  const chosen = { ...(rankedBy ? { ranked_by: rankedBy } : {}), ...(voter === null ? {} : { voter }) };
  const { data, isError, error, refetch } = useOperation('trials.get', { trial: id, ...chosen });
  if (isError && error.info.code === 'not_found') return <EmptyState icon={FlaskConicalOff} title={t.gone} />;
  if (isError) return <QueryFailure error={error.info} onRetry={() => void refetch()} />;
  if (!data) return null;
  const { trial } = data;
  return (
    <Page title={trial.set_title} actions={<TrialActions trial={trial} chosen={chosen} />}>
      <div className="flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto p-4">
        <TrialFacts trial={trial} />
        {trial.state === 'running' && (
          <div role="status" className="flex flex-col gap-1">
            <span>{t.progress(formatCount(trial.finished), formatCount(trial.requests))}</span>
            <Progress label={t.results} value={trial.finished} of={trial.requests} />
          </div>
        )}
        {trial.reason !== null && (
          <p className="text-warn">{t.stoppedFor(stopText(trial.reason, trial.reason_detail))}</p>
        )}
        {trial.mock && <p className="text-warn">{t.mock}</p>}
        {trial.state !== 'running' && (
          <Section look="page" title={t.results}>
            <div className="flex flex-wrap gap-2">
              <Select
                label={t.rankedBy}
                groups={[
                  {
                    options: Object.entries(t.rankings).map(([value, label]) => ({ value, label })),
                  },
                ]}
                value={trial.ranked_by}
                onChange={(value) => setRankedBy(value as RankingName)}
              />
              <Voters trial={trial} onChoose={setVoter} />
            </div>
            <ResultTable results={trial.results} />
            <p className="text-sm text-ink-faint">{t.intervals}</p>
            <Failures trial={trial} />
          </Section>
        )}
        {trial.state !== 'running' && trial.contestants.length > 1 && <JudgeForm trial={trial.id} />}
      </div>
    </Page>
  );
}

function TrialFacts({ trial }: { trial: TrialView }) {
  const { facts } = trialsMessages.trials;
  const { started_at, module, units, spent_usd, prompt_sha256, unknown } = trial;
  return (
    <Facts
      facts={[
        { label: facts.date, value: formatDay(started_at) },
        { label: facts.module, value: module },
        { label: facts.units, value: formatCount(units) },
        { label: facts.spent, value: formatUsd(spent_usd) },
        { label: facts.prompt, value: prompt_sha256.slice(0, 12) },
        ...(unknown ? [{ label: facts.unknown, value: formatCount(unknown) }] : []),
      ]}
    />
  );
}

function Voters({ trial, onChoose }: { trial: TrialView; onChoose: (voter: string) => void }) {
  const t = trialsMessages.trials;
  if (trial.voter === null) return null;
  const share = (value: number | null) => (value === null ? null : `${Math.round(value * 100)} %`);
  return (
    <Select
      label={t.voter}
      groups={[
        {
          options: trial.voters.map(({ voter, votes, left_share }) => ({
            value: voter,
            label: voter === 'person' ? t.person : voter,
            note: t.voterNote(formatCount(votes), share(left_share)),
          })),
        },
      ]}
      value={trial.voter}
      onChange={onChoose}
    />
  );
}

/** The failed checks and calls, by preset. */
function Failures({ trial }: { trial: TrialView }) {
  const t = trialsMessages.trials;
  const lines = trial.results.flatMap(({ id, label, failed_checks, errors }) => {
    const parts = Object.entries({ ...errors, ...failed_checks });
    return parts.length
      ? [{ id, label, text: parts.map(([name, n]) => t.failedTimes(name, n)).join(' · ') }]
      : [];
  });
  if (!lines.length) return null;
  return (
    <details>
      <summary className="text-sm text-ink-soft">{t.failed}</summary>
      <ul className="pt-1 text-sm">
        {lines.map(({ id, label, text }) => (
          <li key={id} className="wrap-anywhere">
            <span className="num">{label}</span> <span className="text-ink-soft">{text}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
