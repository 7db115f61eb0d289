import { FlaskConical } from 'lucide-react';
import { messages } from '../../../messages.ts';
import type { Mode } from '../../../state/frame-store.ts';
import type { ShortcutId } from '../../../state/key-map.ts';
import { keysOf } from '../../../state/key-map.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { KeyHint } from '../../../ui/key-hint.tsx';
import { useColumns } from '../columns/columns.ts';
import { UseAsPreset } from '../columns/use-as-preset.tsx';
import { PlanSummary } from './plan-summary.tsx';
import { RetryWait } from './retry-wait.tsx';
import { ReplyView } from './reply-view.tsx';
import { RunFailure } from './run-failure.tsx';
import type { Run } from './run-store.ts';

const t = messages.bench;

/** What came of the run on screen: a reply, a plan, or what went wrong. */
export function RunView({ run, mode, isStub }: { run: Run | null; mode: Mode; isStub: boolean }) {
  const compared = useColumns(({ further }) => further.length > 0);
  if (!run) return <Shortcuts mode={mode} isStub={isStub} />;
  return (
    <div className="flex flex-col gap-3 p-3">
      <RetryWait run={run} />
      {run.kind !== 'plan' && (run.text !== '' || run.phase !== 'failed') && <ReplyView run={run} />}
      {run.kind === 'plan' && run.plan && <PlanSummary plan={run.plan} />}
      {run.phase === 'failed' && <RunFailure run={run} />}
      {run.phase === 'done' && !compared && <UseAsPreset run={run} />}
    </div>
  );
}

function Shortcuts({ mode, isStub }: { mode: Mode; isStub: boolean }) {
  const run = mode === 'live' ? t.emptyLive : isStub ? t.emptyStub : t.emptyDry;
  const lines: [ShortcutId, string][] = [
    ['run', run],
    ['toggleMode', t.toggles],
    ['toggleInspector', t.opensInspector],
    ['providers', t.goesProviders],
  ];
  return (
    <EmptyState icon={FlaskConical} title={t.emptyTitle}>
      <dl className="grid max-w-104 grid-cols-[auto_1fr] gap-x-3 gap-y-2 text-left">
        {lines.map(([id, text]) => (
          <div key={id} className="contents">
            <dt className="justify-self-end">
              <KeyHint id={id} />
              <span className="sr-only">{keysOf(id).join(' + ')}</span>
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </EmptyState>
  );
}
