import { FlaskConical } from 'lucide-react';
import { messages } from '../../../messages.ts';
import type { Mode } from '../../../state/frame-store.ts';
import { type ShortcutId, keysOf } from '../../../state/key-map.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { KeyHint } from '../../../ui/key-hint.tsx';
import { useColumns } from '../columns/columns.ts';
import { UseAsPreset } from '../columns/use-as-preset.tsx';
import { PlanSummary } from './plan-summary.tsx';
import { RetryWait } from './retry-wait.tsx';
import { ReplyView } from './reply-view.tsx';
import type { Run } from './run-store.ts';
import type { ErrorCode, ErrorInfo } from '../../../../contract/errors.ts';
import { ErrorCard } from '../../../ui/call/error-card.tsx';
import { InstalledInstead } from './installed-instead.tsx';
import { NeedsPanel } from '../../../ui/call/needs-panel.tsx';
import { SaveQuestion } from '../../../ui/call/save-question.tsx';
import { SendAgain } from './send-again.tsx';
import { setTarget } from '../../../state/target.ts';
import { Button } from '../../../ui/button.tsx';
import { successorOf } from './successor-of.ts';

/** For a retired model: a button that picks its successor. Nothing if no successor is named. */
function SuccessorButton({ error, run }: { error: ErrorInfo; run: Run }) {
  const successor = successorOf(error, run.target, run.plan?.provider ?? null);
  if (!successor) return null;
  return (
    <div>
      <Button onClick={() => setTarget(successor.target)}>
        {messages.bench.takeSuccessor(successor.name)}
      </Button>
    </div>
  );
}

const remedied: ReadonlySet<ErrorCode> = new Set(['feature_disabled', 'missing_key']);

/** The error of a run, with a button for the step that helps, if there is one. */
function RunFailure({ run }: { run: Run }) {
  if (!run.error) return null;
  const ms = run.endedAt === null ? undefined : run.endedAt - run.startedAt;
  return (
    <ErrorCard error={run.error} provider={run.provider} model={run.model} ms={ms}>
      <InstalledInstead run={run} />
      <SendAgain run={run} />
      <SuccessorButton error={run.error} run={run} />
      {remedied.has(run.error.code) && <NeedsPanel providerName={run.plan?.provider ?? run.provider} />}
    </ErrorCard>
  );
}

const t = messages.bench;

/** The result of the run on screen: a reply, a plan, or an error. */
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
      {run.phase === 'done' && run.kind === 'live' && !compared && <SaveQuestion />}
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
