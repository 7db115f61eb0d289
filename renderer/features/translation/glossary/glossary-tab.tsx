import { FileUp, Plus, Trash2 } from 'lucide-react';
import type { ClipboardEvent } from 'react';
import { glossaryColumns } from '../../../../contract/glossary-columns.ts';
import { useRef, useState } from 'react';
import { runCommand } from '../../../api/run-command.ts';
import { useAction } from '../../../api/use-action.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { translationMessages as t } from '../../../messages/translation-messages.ts';
import { translationReviewMessages as reviewTexts } from '../../../messages/translation-review-messages.ts';
import { useShortcut } from '../../../state/shortcuts.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorCard } from '../../../ui/call/error-card.tsx';
import { formatCount } from '../../../ui/format.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { QueryFailure } from '../../../ui/query-failure.tsx';
import { readTextFile } from '../../../ui/read-text-file.ts';
import { emptyRow, filledRows, glossaryDrafts, mergeRows, type GlossaryRow } from './glossary-draft.ts';
import { isTable, parseTable } from './parse-paste.ts';

/** The maximum number of rows on screen; a longer glossary is searched. */
const shownRows = 200;
const grid = 'grid grid-cols-[1.2fr_1.2fr_0.8fr_0.7fr_1fr_1.3fr_2rem] items-center gap-px';

/** Terms and characters, as a table that accepts a paste from a spreadsheet. */
export function GlossaryTab({ project }: { project: string }) {
  const glossary = useOperation('translate.glossary', { project });
  const draft = glossaryDrafts.useDrafts(({ byKey }) => byKey[project]);
  if (glossary.isError)
    return <QueryFailure error={glossary.error.info} onRetry={() => void glossary.refetch()} />;
  if (!glossary.data) return <p className="appear-late p-3 text-ink-faint">{t.place.loading}</p>;
  return <Table project={project} rows={draft ?? glossary.data.entries} changed={draft !== undefined} />;
}

interface TableProps {
  project: string;
  rows: readonly GlossaryRow[];
  changed: boolean;
}

function Table({ project, rows, changed }: TableProps) {
  const { busy, error, run } = useAction();
  const [search, setSearch] = useState('');
  const file = useRef<HTMLInputElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const query = search.trim().toLowerCase();
  const found = rows
    .map((row, at) => ({ row, at }))
    .filter(({ row }) => query === '' || `${row.term} ${row.translation}`.toLowerCase().includes(query));
  const shown = found.slice(0, shownRows);

  const save = () =>
    run(async () => {
      await glossaryDrafts.save(project, rows, () =>
        runCommand('translate.saveGlossary', { project, entries: filledRows(rows) }),
      );
      toast({ title: reviewTexts.glossary.saved });
    });
  useShortcut('save', save, changed && !busy);

  function pasteRows(text: string): void {
    try {
      const { rows: added, withoutTerm } = parseTable(text);
      if (added.length === 0) return toast({ title: reviewTexts.glossary.noTerms, kind: 'bad' });
      glossaryDrafts.set(project, mergeRows(rows, added));
      setSearch('');
      toast({
        title: reviewTexts.glossary.pasted(formatCount(new Set(added.map(({ term }) => term)).size)),
        ...(withoutTerm > 0 && { description: reviewTexts.glossary.withoutTerm(formatCount(withoutTerm)) }),
        undo: () => glossaryDrafts.set(project, rows),
      });
    } catch (thrown) {
      refuse(thrown);
    }
  }

  function refuse(thrown: unknown): void {
    toast({ title: reviewTexts.glossary.unreadable((thrown as Error).message), kind: 'bad' });
  }

  function onPaste(event: ClipboardEvent): void {
    const text = event.clipboardData.getData('text/plain');
    if (!isTable(text)) return;
    event.preventDefault();
    pasteRows(text);
  }

  function add(): void {
    setSearch('');
    // At the top: the end of a long glossary is not on screen.
    glossaryDrafts.set(project, [emptyRow, ...rows]);
    // The first cell of the new row, once it is rendered.
    requestAnimationFrame(() => body.current?.querySelector<HTMLElement>('[role="row"] input')?.focus());
  }

  return (
    <div className="flex min-h-0 flex-1 flex-col" onPaste={onPaste}>
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-4 py-1.5">
        <input
          type="search"
          aria-label={reviewTexts.glossary.filter}
          placeholder={reviewTexts.glossary.filter}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className="h-7 w-44 rounded-md border border-line-strong bg-raised px-2"
        />
        <Button onClick={add}>
          <Plus size={13} aria-hidden="true" />
          {reviewTexts.glossary.add}
        </Button>
        <Button onClick={() => file.current?.click()}>
          <FileUp size={13} aria-hidden="true" />
          {reviewTexts.glossary.importCsv}
        </Button>
        <input
          ref={file}
          type="file"
          hidden
          accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
          onChange={(event) => {
            const [chosen] = event.target.files ?? [];
            if (chosen) void readTextFile(chosen).then(pasteRows, refuse);
            event.target.value = '';
          }}
        />
        <span className="flex-1" />
        {changed && (
          <>
            <span className="text-sm text-ink-soft">{reviewTexts.glossary.unsaved}</span>
            <Button look="quiet" disabled={busy} onClick={() => glossaryDrafts.set(project, null)}>
              {reviewTexts.glossary.discard}
            </Button>
          </>
        )}
        <Button
          look="primary"
          disabled={!changed || busy}
          title={changed ? undefined : reviewTexts.glossary.nothing}
          onClick={save}
        >
          {reviewTexts.glossary.save}
        </Button>
      </div>
      {error && (
        <div className="p-3">
          <ErrorCard error={error} />
        </div>
      )}
      <p className="px-4 pt-2 text-sm text-ink-soft">
        {rows.length === 0 ? reviewTexts.glossary.empty : reviewTexts.glossary.help}
      </p>
      {/* A paste event needs a focused element: in a table without rows it is the table itself. */}
      <div
        role="table"
        aria-label={t.project.tabs.glossary}
        tabIndex={rows.length === 0 ? 0 : undefined}
        className="min-h-0 flex-1 overflow-auto px-4 py-2"
      >
        <div className="min-w-144">
          <div role="row" className={`${grid} h-6 text-sm text-ink-faint`}>
            {glossaryColumns.map((column) => (
              <span key={column} role="columnheader" className="px-1.5">
                {reviewTexts.glossary.columns[column]}
              </span>
            ))}
          </div>
          <div ref={body} role="rowgroup">
            {shown.map(({ row, at }) => (
              <Row
                key={at}
                row={row}
                onChange={(change) =>
                  glossaryDrafts.set(
                    project,
                    rows.map((one, n) => (n === at ? { ...one, ...change } : one)),
                  )
                }
                onRemove={() =>
                  glossaryDrafts.set(
                    project,
                    rows.filter((_, n) => n !== at),
                  )
                }
              />
            ))}
          </div>
        </div>
        {found.length > shown.length && (
          <p className="py-2 text-sm text-ink-faint">
            {reviewTexts.glossary.shown(formatCount(shown.length), formatCount(found.length))}
          </p>
        )}
      </div>
    </div>
  );
}

interface RowProps {
  row: GlossaryRow;
  onChange: (change: Partial<GlossaryRow>) => void;
  onRemove: () => void;
}

function Row({ row, onChange, onRemove }: RowProps) {
  return (
    <div role="row" className={grid}>
      {glossaryColumns.map((column) => (
        <span key={column} role="cell" className="min-w-0">
          <input
            aria-label={reviewTexts.glossary.cell(reviewTexts.glossary.columns[column], row.term)}
            value={row[column]}
            spellCheck={false}
            onChange={(event) => onChange({ [column]: event.target.value })}
            className="h-7 w-full rounded-sm border border-line bg-raised px-1.5 focus:border-accent"
          />
        </span>
      ))}
      <span role="cell">
        <IconButton icon={Trash2} label={reviewTexts.glossary.remove(row.term)} onClick={onRemove} />
      </span>
    </div>
  );
}
