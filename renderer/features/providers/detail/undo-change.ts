import { request } from '../../../api/client.ts';
import { toast } from '../../../state/toasts.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import { forgetHealth } from '../health/health-checks.ts';

/** Takes a change of the user's providers back, and says so where it cannot be. */
export function undoProviderChange(change: string, name?: string): void {
  void request('providers.undo', { change }).then(
    ({ warnings }) => {
      if (name !== undefined) forgetHealth(name);
      toast({ title: providersMessages.providers.undone, description: warnings.join(' ') || undefined });
    },
    (thrown: Error) => toast({ title: thrown.message, kind: 'bad' }),
  );
}
