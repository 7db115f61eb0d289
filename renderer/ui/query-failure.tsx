import type { ErrorInfo } from '../../contract/errors.ts';
import { messages } from '../messages.ts';
import { Button } from './button.tsx';
import { ErrorCard } from './call/error-card.tsx';

/** Replaces the result of a failed query, with a button to retry. */
export function QueryFailure({ error, onRetry }: { error: ErrorInfo; onRetry: () => void }) {
  return (
    <div className="max-w-160 p-3">
      <ErrorCard error={error}>
        <div>
          <Button onClick={onRetry}>{messages.frame.retry}</Button>
        </div>
      </ErrorCard>
    </div>
  );
}
