import type { ErrorCode } from '../../../../contract/errors.ts';
import { ErrorCard } from '../../../ui/call/error-card.tsx';
import { InstalledInstead } from './installed-instead.tsx';
import { NeedsPanel } from '../../../ui/call/needs-panel.tsx';
import type { Run } from './run-store.ts';
import { SendAgain } from './send-again.tsx';
import { SuccessorButton } from './successor-button.tsx';

const remedied: ReadonlySet<ErrorCode> = new Set(['feature_disabled', 'missing_key']);

/** What went wrong with a run, with the one step that helps where there is one. */
export function RunFailure({ run }: { run: Run }) {
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
