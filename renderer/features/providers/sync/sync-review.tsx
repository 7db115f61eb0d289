import { useMemo, useState } from 'react';
import type { ModelSync } from '../../../../contract/model-sync.ts';
import type { ProviderView } from '../../../../contract/provider.ts';
import { request } from '../../../api/client.ts';
import { useAction } from '../../../api/use-action.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { CheckBox } from '../../../ui/check-box.tsx';
import type { Column } from '../../../ui/data-table/column.ts';
import { DataTable } from '../../../ui/data-table/data-table.tsx';
import { formatTime } from '../../../ui/format.ts';
import { errorText } from '../../../api/error-text.ts';
import { noticesInOne } from '../../../api/notice-text.ts';
import { SyncGroups } from './sync-groups.tsx';
import type { SyncKind, SyncRow } from './sync-items.ts';
import { changeText, syncRows } from './sync-items.ts';
import { endSync, setChosen, useSync } from './sync-store.ts';
import { undoProviderChange } from '../detail/undo-change.ts';
import { ErrorLine } from '../../../ui/error-line.tsx';

const t = providersMessages.providers.sync;
const none: ReadonlySet<string> = new Set();

interface SyncReviewProps {
  provider: ProviderView;
  sync: ModelSync;
}

/** The changes that a provider's own list would make, before any of them is saved. */
export function SyncReview({ provider: { name, label }, sync }: SyncReviewProps) {
  const rows = useMemo(() => syncRows(sync), [sync]);
  const chosen = useSync((state) => state.chosen.get(name) ?? none);
  const [only, setOnly] = useState<SyncKind | null>(null);
  const columns = useMemo(() => columnsFor(name), [name]);
  const matches = useMemo(() => only && ((row: SyncRow) => row.kind === only), [only]);
  const { busy, error, run } = useAction();
  const toggle = (id: string) =>
    setChosen(name, chosen.has(id) ? [...chosen].filter((c) => c !== id) : [...chosen, id]);
  const saveChosen = async () => {
    const {
      kept: stored,
      change,
      ...notices
    } = await request('models.keep', {
      provider: name,
      accept: chosen.size === rows.length ? 'all' : [...chosen],
    });
    endSync(name);
    toast({
      title: t.kept(stored, label),
      description: noticesInOne(notices),
      undo: change ? () => undoProviderChange(change.id) : undefined,
    });
  };
  return (
    <section aria-label={t.review} className="flex h-full min-h-0 flex-col">
      <div className="flex shrink-0 flex-col gap-1.5 border-b border-line px-3 py-2">
        <div className="flex flex-wrap items-center gap-2">
          <SyncGroups name={name} rows={rows} chosen={chosen} only={only} onOnly={setOnly} />
          <span className="flex-1" />
          <Button
            look="primary"
            disabled={busy || chosen.size === 0}
            title={chosen.size === 0 ? t.nothingChosen : t.keepHint}
            onClick={() => run(saveChosen)}
          >
            {t.keep(chosen.size, rows.length)}
          </Button>
          <Button onClick={() => endSync(name)}>{providersMessages.providers.discard}</Button>
        </div>
        <ErrorLine text={error && errorText(error)} />
        <p className="text-sm text-ink-soft">
          {t.from(sync.found, sync.source, formatTime(Date.parse(sync.keep_until)))}
          {!sync.complete && ` ${t.incomplete}`}
          {sync.left_out.count > 0 && ` ${t.leftOut(sync.left_out.count)}`}
        </p>
      </div>
      <div className="min-h-0 flex-1">
        <DataTable
          label={t.review}
          data={rows}
          columns={columns}
          rowId={(row) => `${row.kind} ${row.id}`}
          matches={matches ?? undefined}
          onOpen={({ id }) => toggle(id)}
          empty={<p className="p-4 text-ink-soft">{t.same}</p>}
        />
      </div>
    </section>
  );
}

function columnsFor(name: string): readonly Column<SyncRow>[] {
  return [
    { id: 'chosen', header: () => t.take, width: 60, cell: ({ id }) => <Tick name={name} id={id} /> },
    {
      id: 'kind',
      header: () => t.what,
      width: 76,
      sortBy: ({ kind }) => t.kinds[kind],
      cell: ({ kind }) => t.kinds[kind],
    },
    {
      id: 'model',
      header: () => providersMessages.providers.column.model,
      width: 200,
      grow: 1,
      mono: true,
      sortBy: ({ id }) => id,
      title: ({ id, label }) => `${id}\n${label}`,
      cell: ({ id }) => id,
    },
    {
      id: 'changes',
      header: () => t.changes,
      width: 260,
      grow: 2,
      title: ({ changes, kind }) => changes.map((change) => changeText(change, kind)).join('\n'),
      cell: ({ changes, kind }) => changes.map((change) => changeText(change, kind)).join(' · '),
    },
  ];
}

function Tick({ name, id }: { name: string; id: string }) {
  const chosen = useSync((state) => state.chosen.get(name) ?? none);
  const change = (checked: boolean) =>
    setChosen(name, checked ? [...chosen, id] : [...chosen].filter((other) => other !== id));
  return <CheckBox label={t.takeModel(id)} checked={chosen.has(id)} onChange={change} />;
}
