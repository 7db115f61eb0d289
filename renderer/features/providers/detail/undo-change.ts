import { request } from '../../../api/client.ts';
import { noticesInOne } from '../../../api/notice-text.ts';
import { toast } from '../../../state/toasts.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import { forgetHealth } from '../../../api/provider-health.ts';

/** Undoes a change of the user's providers; a toast reports success or the reason for failure. */
export function undoProviderChange(change: string, name?: string): void {
  void request('providers.undo', { change }).then(
    (answer) => {
      if (name !== undefined) forgetHealth(name);
      toast({ title: providersMessages.providers.undone, description: noticesInOne(answer) });
    },
    (thrown: Error) => toast({ title: thrown.message, kind: 'bad' }),
  );
}
