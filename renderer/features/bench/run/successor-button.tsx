import type { ErrorInfo } from '../../../../contract/errors.ts';
import { messages } from '../../../messages.ts';
import { setTarget } from '../../../state/target.ts';
import { Button } from '../../../ui/button.tsx';
import type { Run } from './run-store.ts';
import { successorOf } from './successor-of.ts';

/** For a retired model: one press picks what stands in for it. Nothing where nobody named a successor. */
export function SuccessorButton({ error, run }: { error: ErrorInfo; run: Run }) {
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
