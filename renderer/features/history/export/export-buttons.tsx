import { Download } from 'lucide-react';
import { historyMessages } from '../../../messages/history-messages.ts';
import { useCommands } from '../../../state/commands.ts';
import { Button } from '../../../ui/button.tsx';
import { formatCount } from '../../../ui/format.ts';
import type { LogQuery } from '../history-filter.ts';
import { useExport } from './use-export.ts';

const t = historyMessages.history;
const forms = () =>
  [
    { form: 'jsonl', label: t.exportJson },
    { form: 'csv', label: t.exportCsv },
  ] as const;

/** Saves the filtered calls to a file, as CSV or JSONL, and shows the progress of a long export. */
export function ExportButtons({ query, empty }: { query: LogQuery; empty: boolean }) {
  const { done, start, cancel } = useExport(query);
  const unavailable = empty ? t.exportNothing : undefined;
  useCommands(
    forms().map(({ form, label }) => ({
      id: `history.export.${form}`,
      label: t.exportAs(label),
      group: t.group,
      unavailable,
      run: () => void start(form),
    })),
  );
  if (done !== null) {
    return (
      <>
        <span role="status" className="num text-ink-soft">
          {t.exporting(formatCount(done))}
        </span>
        <Button look="quiet" onClick={cancel}>
          {t.cancel}
        </Button>
      </>
    );
  }
  return forms().map(({ form, label }) => (
    <Button
      key={form}
      look="quiet"
      disabled={empty}
      aria-label={t.exportAs(label)}
      title={unavailable ?? t.exportHelp}
      onClick={() => void start(form)}
    >
      <Download size={13} aria-hidden="true" />
      {label}
    </Button>
  ));
}
