import { Columns2, Download, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { errorText } from '../../api/error-text.ts';
import { request } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { historyMessages } from '../../messages/history-messages.ts';
import { goTo } from '../../state/view.ts';
import { toast } from '../../state/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { formatCount } from '../../ui/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { clearChosen, unchoose } from './chosen-calls.ts';
import type { ExportForm } from './export/export-rows.ts';
import { saveCalls } from './export/save-calls.ts';
import type { LogRow } from './log-rows.ts';

/** The most calls that fit side by side. */
const maxCompared = 4;

interface ChosenBarProps {
  /** The rows of the chosen calls, in the order of the list. */
  rows: readonly LogRow[];
  onDeleted: (ids: ReadonlySet<string>) => void;
}

/** The actions on the chosen calls; deleting asks for confirmation. */
export function ChosenBar({ rows, onDeleted }: ChosenBarProps) {
  const t = historyMessages.history.chosen;
  const [isConfirming, setConfirming] = useState(false);
  const { busy, error, run } = useAction();
  const count = rows.length;
  const comparable = count >= 2 && count <= maxCompared;
  // A row includes the plans that were folded into it.
  const ids = rows.flatMap(({ id, plans }) => [id, ...plans]);
  const save = (form: ExportForm) => run(() => saveCalls(form, ids));
  const remove = async () => {
    const { deleted } = await request('calls.delete', { ids });
    const removed = new Set(ids);
    onDeleted(removed);
    unchoose(removed);
    setConfirming(false);
    toast({ title: t.deleted(formatCount(deleted)) });
  };
  return (
    <div
      role="group"
      aria-label={t.title}
      className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line bg-accent-soft px-3 py-1"
    >
      <span role="status" className="num">
        {t.count(formatCount(count))}
      </span>
      <span className="flex-1" />
      {error && (
        <span role="alert" className="text-bad">
          {errorText(error)}
        </span>
      )}
      {isConfirming ? (
        <>
          <span>{t.deleteAsk}</span>
          <Button disabled={busy} onClick={() => run(remove)}>
            {t.deleteYes(formatCount(ids.length))}
          </Button>
          <Button look="quiet" onClick={() => setConfirming(false)}>
            {historyMessages.history.cancel}
          </Button>
        </>
      ) : (
        <>
          {(['jsonl', 'csv'] as const).map((form) => (
            <Button key={form} disabled={busy} onClick={() => save(form)}>
              <Download size={12} aria-hidden="true" />
              {t.exportAs[form]}
            </Button>
          ))}
          <Button
            disabled={!comparable}
            title={comparable ? undefined : t.compareHelp(maxCompared)}
            onClick={() => goTo('history', '+compare', ...rows.map(({ id }) => id))}
          >
            <Columns2 size={12} aria-hidden="true" />
            {t.compare}
          </Button>
          <Button onClick={() => setConfirming(true)}>
            <Trash2 size={12} aria-hidden="true" />
            {t.delete}
          </Button>
        </>
      )}
      <IconButton icon={X} label={t.clear} onClick={clearChosen} />
    </div>
  );
}
