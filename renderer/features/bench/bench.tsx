import { lazy, Suspense, useEffect } from 'react';
import type { RegistryView } from '../../../contract/operations/registry.ts';
import { useOperation } from '../../api/use-operation.ts';
import { messages } from '../../messages.ts';
import { useFrame } from '../../state/frame-store.ts';
import { clsx } from 'clsx';
import { InspectorToggle } from '../../ui/inspector-toggle.tsx';
import { QueryFailure } from '../../ui/query-failure.tsx';
import { ColumnTools } from './columns/column-tools.tsx';
import { ColumnView } from './columns/column-view.tsx';
import { ComparisonTable } from './columns/comparison-table.tsx';
import { type Column, useAllColumns } from './columns/columns.ts';
import { DestinationPickers, ModulePicker } from './columns/target-pickers.tsx';
import { Composer } from './input/composer.tsx';
import { useBenchInput } from './input/use-bench-input.ts';
import { useRestoredDrafts } from './input/saved-drafts.ts';
import { useShownRun } from './run/run-store.ts';
import { RunView } from './run/run-view.tsx';
import { useNoReplyYet } from './start/use-no-reply-yet.ts';
import { useHandoff } from './use-handoff.ts';

/** Tells tests and the start-up benchmark that the Bench can be used: `<html data-ready="true">`. */
function useReadySignal(ready: boolean): void {
  useEffect(() => {
    if (!ready || document.documentElement.dataset.ready) return;
    document.documentElement.dataset.ready = 'true';
    performance.mark('interactive');
  }, [ready]);
}

const FirstStart = lazy(() => import('./start/first-start.tsx').then((m) => ({ default: m.FirstStart })));

/** The first view: write a message, see the exact request, and send it. */
export function Bench() {
  const registry = useOperation('registry.get', {});
  const columns = useAllColumns();
  const inputOnScreen = useBenchInput();
  const restored = useRestoredDrafts();
  const alone = columns.length === 1;
  useReadySignal(restored);
  useHandoff(restored);

  return (
    <div className="flex h-full min-w-0 flex-col">
      <h1 className="sr-only">{messages.frame.bench}</h1>
      <header className="flex min-h-10 shrink-0 items-start gap-2 border-b border-line px-3 py-1.5">
        <div className="flex min-w-0 flex-1 flex-wrap gap-1.5">
          {registry.data && <ModulePicker registry={registry.data} />}
          {registry.data && alone && <DestinationPickers registry={registry.data} column={columns[0]!} />}
        </div>
        <ColumnTools />
        <InspectorToggle />
      </header>
      {registry.isError && (
        <QueryFailure error={registry.error.info} onRetry={() => void registry.refetch()} />
      )}
      <section
        aria-label={messages.bench.input}
        className={clsx(
          'flex shrink-0 flex-col border-b border-line',
          // Replies side by side, and the table under them, need the room.
          alone ? 'max-h-[55%]' : 'max-h-[38%]',
        )}
      >
        {restored && <Composer registry={registry.data} inputOnScreen={inputOnScreen} />}
      </section>
      <section aria-label={messages.bench.result} className="min-h-0 flex-1 overflow-auto">
        {alone && <Result column={columns[0]!} registry={registry.data} />}
        {!alone && registry.data && (
          <div className="flex h-full min-w-0 flex-col">
            <div className="flex min-h-40 flex-1">
              {columns.map((column, index) => (
                <ColumnView key={column.id} column={column} number={index + 1} registry={registry.data} />
              ))}
            </div>
            <ComparisonTable columns={columns} />
          </div>
        )}
      </section>
    </div>
  );
}

interface ResultProps {
  column: Column;
  registry: RegistryView | undefined;
}

function Result({ column: { id, target }, registry }: ResultProps) {
  const mode = useFrame((state) => state.mode);
  const run = useShownRun(id);
  const isFirst = useNoReplyYet();
  if (run === null && isFirst === null) return null;
  // The stub's sample reply is no reply of a model: the ways to one stay below it.
  const isSample = run?.kind === 'stub' && run.phase === 'done' && target.provider === 'stub';
  const start = isFirst && registry && (run === null || isSample) && (
    <Suspense>
      <FirstStart registry={registry} />
    </Suspense>
  );
  if (run === null && start) return start;
  return (
    <>
      <RunView run={run} mode={mode} isStub={target.provider === 'stub'} />
      {start}
    </>
  );
}
