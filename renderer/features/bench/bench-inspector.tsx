import type { DryRunAnswer } from '../../../contract/chat.ts';
import { Telescope } from 'lucide-react';
import { messages } from '../../messages.ts';
import { CallPlan } from '../../ui/call/call-plan.tsx';
import { ErrorCard } from '../../ui/call/error-card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import { useActiveColumn } from './columns/columns.ts';
import { useColumnInput } from './columns/use-column-input.ts';
import { planInput } from './input/chat-input.ts';
import { useBenchInput } from './input/use-bench-input.ts';
import { NeedsPanel } from '../../ui/call/needs-panel.tsx';
import type { Run } from './run/run-store.ts';
import { useRuns, useShownRun } from './run/run-store.ts';

const t = messages.bench;

/** The exact request of the run on screen. */
export function BenchInspector() {
  const run = useShownRun(useActiveColumn().id);
  const previous = usePlanBefore(run);
  if (run?.plan) {
    return (
      <div className="flex min-h-0 flex-1 flex-col">
        {run.mode === 'dry' && (
          <div className="border-line bg-warn-soft px-3 py-2 text-sm not-empty:border-b empty:hidden">
            <NeedsPanel providerName={run.plan.provider} />
          </div>
        )}
        <OutOfDate run={run} />
        {run.kind === 'stub' && run.plan.provider !== 'stub' && (
          <p className="px-3 pt-2.5 text-sm text-ink-soft">{t.besideStub}</p>
        )}
        <CallPlan
          key={run.id}
          answer={run.plan}
          reply={run.kind === 'live' ? run.answer : null}
          previous={previous}
        />
      </div>
    );
  }
  if (run?.planError && run.kind !== 'plan') {
    return (
      <div className="p-3">
        <ErrorCard error={run.planError} provider={run.provider} model={run.model} />
      </div>
    );
  }
  if (run?.phase === 'running' || (run && !run.planError)) {
    return <p className="appear-late p-3 text-ink-soft">{t.planning}</p>;
  }
  return (
    <EmptyState icon={Telescope} title={t.inspectorEmpty}>
      <KeyHint id="run" /> {t.inspectorEmptyHelp}
    </EmptyState>
  );
}

/** The plan of the previous run in the same column. */
function usePlanBefore(run: Run | null): DryRunAnswer | null {
  const runs = useRuns((state) => state.runs);
  if (!run) return null;
  const earlierRuns = runs.filter(
    ({ column, startedAt }) => column === run.column && startedAt < run.startedAt,
  );
  return earlierRuns.find(({ plan }) => plan !== null)?.plan ?? null;
}

/** A warning that the plan is for an earlier input than the one on screen. */
function OutOfDate({ run }: { run: Run }) {
  const column = useActiveColumn();
  const columnInput = useColumnInput();
  const { input } = useBenchInput();
  const currentRequest = input && planInput(column.target, columnInput(column, input));
  if (currentRequest && JSON.stringify(currentRequest) === JSON.stringify(run.planned)) return null;
  return (
    <p className="flex items-center gap-2 border-b border-line px-3 py-1.5 text-sm text-ink-soft">
      <span className="flex-1">{t.outOfDate}</span>
      <KeyHint id="run" /> {t.planAgain}
    </p>
  );
}
