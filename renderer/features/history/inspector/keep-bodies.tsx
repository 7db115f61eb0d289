import { useCommand } from '../../../api/use-command.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { historyMessages } from '../../../messages/history-messages.ts';
import { Switch } from '../../../ui/switch.tsx';

const t = historyMessages.history;

/** In place of messages and reply: says that they were not stored, and offers to store those of later calls. */
export function KeepBodies() {
  const { data: settings } = useOperation('settings.get', {});
  const update = useCommand('settings.update');
  if (!settings) return null;
  const { record_bodies: keeps } = settings;
  return (
    <section aria-label={t.keepBodies} className="flex flex-col gap-2 rounded-md border border-line p-3">
      <p>{t.notKept}</p>
      <Switch
        label={t.keepBodies}
        checked={keeps}
        disabled={update.isPending}
        onChange={(record_bodies) => update.mutate({ record_bodies })}
      />
      <p className="text-sm text-ink-soft">{keeps ? t.keptFromNow : t.keepHelp}</p>
      {update.error && (
        <p role="alert" className="text-bad">
          {update.error.message}
        </p>
      )}
    </section>
  );
}
