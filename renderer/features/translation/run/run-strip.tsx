import { CircleAlert, Pause, Square } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ProjectView, RunView } from '../../../../contract/translation.ts';
import { useAction } from '../../../api/use-action.ts';
import { runCommand } from '../../../api/run-command.ts';
import { limitsMessages } from '../../../messages/limits-messages.ts';
import { translationMessages as t } from '../../../messages/translation-messages.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorCard } from '../../../ui/call/error-card.tsx';
import { formatCount, formatSeconds, formatExactUsd, formatUsd } from '../../../ui/format.ts';
import { Progress } from '../../../ui/progress.tsx';
import { openPanel } from '../project/open-panel.ts';
import { selectProject } from '../selection.ts';
import { RunProcesses } from './run-processes.tsx';
import { cacheText, runFigures } from './run-figures.ts';
import { runReason } from './run-reason.ts';

/** The share of translated lines, the run in progress, or why the last one stopped. */
export function RunStrip({ view }: { view: ProjectView }) {
  const { run, units } = view;
  const translated = units.total - (units.by_state['new'] ?? 0) - units.unanswered;
  const percent = units.total === 0 ? 0 : Math.floor((100 * translated) / units.total);
  return (
    <div className="flex shrink-0 flex-col gap-1 px-4 py-1.5">
      <div className="flex items-center gap-3">
        <div className="flex-1">
          <Progress label={t.project.progress} value={translated} of={units.total || 1} />
        </div>
        <span className="num text-sm text-ink-soft">{t.project.done(String(percent))}</span>
      </div>
      {run?.state === 'running' && <Running project={view.id} run={run} />}
      {(run?.state === 'waiting' || (run?.state === 'done' && run.code !== null)) && (
        <Stopped view={view} run={run} />
      )}
      {run?.state === 'paused' && <Paused project={view.id} run={run} />}
    </div>
  );
}

function useNow(everyMs: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

function Running({ project, run }: { project: string; run: RunView }) {
  const now = useNow(1000);
  const { busy, error, run: act } = useAction();
  const { done, all, rate, leftMs } = runFigures(run, now);
  const cache = cacheText(run);
  const waitMs = run.waits_for ? Date.parse(run.waits_for.until) - now : 0;
  return (
    <>
      <div
        role="status"
        aria-label={t.run.inProgress}
        className="num flex items-center gap-2 text-sm text-ink-soft"
      >
        <div className="flex min-w-0 flex-1 flex-wrap gap-x-4 gap-y-0.5 *:whitespace-nowrap">
          <span>{t.run.ofGroups(formatCount(done), formatCount(all))}</span>
          {rate !== null && <span>{t.run.rate(rate.toFixed(1))}</span>}
          {leftMs !== null && leftMs >= 1000 && <span>{t.run.timeLeft(formatSeconds(leftMs))}</span>}
          <span>{formatUsd(run.spent_usd)}</span>
          {cache && <span title={cache.help}>{cache.short}</span>}
          {waitMs > 0 && run.waits_for && (
            <span className="text-warn" title={run.waits_for.limit ?? undefined}>
              {limitsMessages.waitsFor(run.waits_for.provider, formatSeconds(waitMs))}
            </span>
          )}
        </div>
        <Button
          disabled={busy}
          onClick={() => act(async () => void (await runCommand('translate.pause', { project })))}
        >
          <Pause size={13} aria-hidden="true" />
          {busy ? t.run.pausing : t.run.pause}
        </Button>
        <Button
          look="quiet"
          disabled={busy}
          title={t.run.cancelHelp}
          onClick={() => act(async () => void (await runCommand('translate.cancel', { project })))}
        >
          <Square size={11} fill="currentColor" aria-hidden="true" />
          {t.run.cancel}
        </Button>
      </div>
      <RunProcesses processes={run.processes} now={now} />
      {error && <ErrorCard error={error} />}
    </>
  );
}

function Stopped({ view, run }: { view: ProjectView; run: RunView }) {
  const { busy, error, run: act } = useAction();
  const sum = run.confirm_usd;
  return (
    <>
      <div role="alert" className="flex flex-wrap items-center gap-2 rounded-md bg-warn-soft px-2.5 py-1.5">
        <CircleAlert size={14} aria-hidden="true" className="shrink-0 text-warn" />
        <p className="min-w-0 flex-1 basis-80 wrap-anywhere">
          <span className="font-medium">{t.run.stopped}</span> {runReason(run)}
        </p>
        <div className="flex flex-wrap items-center gap-2">
          {run.code === 'budget_exceeded' && (
            <Button onClick={() => selectProject(view.id, 'settings')}>{t.run.openSettings}</Button>
          )}
          {sum !== null && (
            <Button
              look="live"
              disabled={busy}
              title={t.run.confirmSumHelp}
              onClick={() => act(() => submitFor(view.id, sum))}
            >
              {t.run.confirmSum(formatExactUsd(sum))}
            </Button>
          )}
          <Button onClick={() => openPanel(view.id, 'run')}>{t.run.resume}</Button>
        </div>
      </div>
      {error && <ErrorCard error={error} />}
    </>
  );
}

/**
 * Submits the batches that were refused with this price. If the price has changed, the core refuses again and
 * reports the new one.
 */
async function submitFor(project: string, sum: number): Promise<void> {
  await runCommand('translate.run', { project, delivery: 'batch', confirm_usd: sum });
}

function Paused({ project, run }: { project: string; run: RunView }) {
  const reason = runReason(run);
  return (
    <div role="status" className="flex items-center gap-2 text-sm text-ink-soft">
      <span className="flex-1">
        {t.run.states.paused}
        {reason && `: ${reason}`}
      </span>
      <Button onClick={() => openPanel(project, 'run')}>{t.run.resume}</Button>
    </div>
  );
}
