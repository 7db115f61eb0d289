import { useCommand } from '../../api/use-command.ts';
import { useOperation } from '../../api/use-operation.ts';
import { historyMessages } from '../../messages/history-messages.ts';
import { Button } from '../button.tsx';

/** Asks once whether messages and replies are stored with each call. */
export function SaveQuestion() {
  const t = historyMessages.history.question;
  const { data: settings } = useOperation('settings.get', {});
  const update = useCommand('settings.update');
  if (!settings || settings.asked_record_bodies || settings.record_bodies) return null;
  const answer = (keeps: boolean) =>
    update.mutate({ asked_record_bodies: true, ...(keeps ? { record_bodies: true } : {}) });
  return (
    <section
      aria-label={t.title}
      className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line bg-panel px-3 py-1.5"
    >
      <div className="min-w-64 flex-1">
        <p className="font-medium">{t.title}</p>
        <p className="text-sm text-ink-soft">{t.help}</p>
        {update.error && (
          <p role="alert" className="text-bad">
            {update.error.message}
          </p>
        )}
      </div>
      <Button look="primary" onClick={() => answer(true)}>
        {t.yes}
      </Button>
      <Button onClick={() => answer(false)}>{t.no}</Button>
    </section>
  );
}
