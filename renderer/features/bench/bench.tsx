import { useOperation } from '../../api/use-operation.ts';
import { messages } from '../../messages.ts';
import { useFrame } from '../../state/frame-store.ts';
import { useTarget } from '../../state/target.ts';
import { InspectorToggle } from '../../ui/inspector-toggle.tsx';
import { QueryFailure } from '../../ui/query-failure.tsx';
import { Composer } from './input/composer.tsx';
import { useShownRun } from './run/run-store.ts';
import { RunView } from './run/run-view.tsx';
import { TargetPickers } from './columns/target-pickers.tsx';
import { useReadySignal } from './use-ready-signal.ts';
import { useRestoredDrafts } from './input/use-restored-drafts.ts';

/** The first place: write a message, see what it would be on the wire, send it when you mean to. */
export function Bench() {
  const registry = useOperation('registry.get', {});
  const isStub = useTarget((target) => target.provider === 'stub');
  const mode = useFrame((state) => state.mode);
  const run = useShownRun();
  const restored = useRestoredDrafts();
  useReadySignal(restored);

  return (
    <div className="flex h-full min-w-0 flex-col">
      <h1 className="sr-only">{messages.frame.bench}</h1>
      <header className="flex min-h-10 shrink-0 items-start gap-2 border-b border-line px-3 py-1.5">
        <div className="min-w-0 flex-1">{registry.data && <TargetPickers registry={registry.data} />}</div>
        <InspectorToggle />
      </header>
      {registry.isError && (
        <QueryFailure error={registry.error.info} onRetry={() => void registry.refetch()} />
      )}
      <section
        aria-label={messages.bench.input}
        className="flex max-h-[55%] shrink-0 flex-col border-b border-line"
      >
        {restored && <Composer registry={registry.data} />}
      </section>
      <section aria-label={messages.bench.result} className="min-h-0 flex-1 overflow-y-auto">
        <RunView run={run} mode={mode} isStub={isStub} />
      </section>
    </div>
  );
}
