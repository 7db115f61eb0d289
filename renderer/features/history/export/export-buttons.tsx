import { Download } from 'lucide-react';
import { historyMessages } from '../../../messages/history-messages.ts';
import { useCommands } from '../../../state/commands.ts';
import { Button } from '../../../ui/button.tsx';
import { formatCount } from '../../../ui/format.ts';
import type { LogQuery } from '../history-filter.ts';
import { useExport } from './use-export.ts';

const words = historyMessages.history;
const forms = () =>
  [
    { form: 'jsonl', label: words.exportJson },
    { form: 'csv', label: words.exportCsv },
  ] as const;

/** Saves the filtered calls to a file, in one of two forms; shows how far a long one is. */
export function ExportButtons({ query, empty }: { query: LogQuery; empty: boolean }) {
  const { done, start, cancel } = useExport(query);
  const unavailable = empty ? words.exportNothing : undefined;
  useCommands(
    forms().map(({ form, label }) => ({
      id: `history.export.${form}`,
      label: words.exportAs(label),
      group: words.group,
      unavailable,
      run: () => void start(form),
    })),
  );
  if (done !== null) {
    return (
      <>
        <span role="status" className="num text-ink-soft">
          {words.exporting(formatCount(done))}
        </span>
        <Button look="quiet" onClick={cancel}>
          {words.cancel}
        </Button>
      </>
    );
  }
  return forms().map(({ form, label }) => (
    <Button
      key={form}
      look="quiet"
      disabled={empty}
      aria-label={words.exportAs(label)}
      title={unavailable ?? words.exportHelp}
      onClick={() => void start(form)}
    >
      <Download size={13} aria-hidden="true" />
      {label}
    </Button>
  ));
}
