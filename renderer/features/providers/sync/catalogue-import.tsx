import { Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import type { CatalogueItem } from '../../../../contract/model-sync.ts';
import type { OperationOutput } from '../../../../contract/operations/table.ts';
import { codedText } from '../../../api/coded-text.ts';
import { request } from '../../../api/client.ts';
import { queryClient } from '../../../api/query-client.ts';
import { useAction } from '../../../api/use-action.ts';
import { noticesInOne } from '../../../api/notice-text.ts';
import { messages } from '../../../messages.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import { toast } from '../../../state/toasts.ts';
import { Badge, type Tone } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { ErrorCard } from '../../../ui/call/error-card.tsx';
import { CheckBox } from '../../../ui/check-box.tsx';
import { Section } from '../../../ui/section.tsx';
import { undoProviderChange } from '../detail/undo-change.ts';
import { changeText } from './sync-items.ts';

type Imported = OperationOutput<'models.import'>;

const keyOf = ({ provider, id }: CatalogueItem) => `${provider}/${id}`;

const tones: Record<CatalogueItem['outcome'], Tone> = {
  added: 'ok',
  changed: 'warn',
  same: 'plain',
  lower_price: 'warn',
  older: 'plain',
  refused: 'bad',
};

/** Imports a catalogue file: shows it first, then saves it. Each lower price has to be confirmed separately. */
export function CatalogueImport() {
  const t = providersMessages.providers.news.catalogue;
  const input = useRef<HTMLInputElement>(null);
  const [shown, setShown] = useState<{ file: string; document: string; preview: Imported } | null>(null);
  const [confirmed, setConfirmed] = useState<ReadonlySet<string>>(new Set());
  const { busy, error, run } = useAction();

  const previewFile = async (file: File) => {
    setShown(null);
    setConfirmed(new Set());
    const document = await file.text();
    setShown({
      file: file.name,
      document,
      preview: await request('models.import', { document, mode: 'preview' }),
    });
  };
  const apply = async (document: string) => {
    const lower_prices = [...confirmed];
    const {
      kept: stored,
      change,
      ...notices
    } = await request('models.import', {
      document,
      mode: 'apply',
      lower_prices,
    });
    setShown(null);
    await queryClient.invalidateQueries({ queryKey: ['registry.get'] });
    toast({
      title: t.done(stored),
      description: noticesInOne(notices),
      undo: change ? () => undoProviderChange(change.id) : undefined,
    });
  };
  const confirm = (key: string, on: boolean) =>
    setConfirmed(new Set(on ? [...confirmed, key] : [...confirmed].filter((one) => one !== key)));
  const count =
    shown?.preview.items.filter(
      (item) =>
        item.outcome === 'added' ||
        item.outcome === 'changed' ||
        (item.outcome === 'lower_price' && confirmed.has(keyOf(item))),
    ).length ?? 0;

  return (
    <Section look="page" title={t.title}>
      <p className="text-ink-soft">{t.intro}</p>
      <div>
        <Button disabled={busy} onClick={() => input.current?.click()}>
          <Upload size={12} aria-hidden="true" />
          {t.pick}
        </Button>
        <input
          ref={input}
          type="file"
          accept=".json,application/json"
          aria-label={t.pick}
          hidden
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            if (file) run(() => previewFile(file));
            event.target.value = '';
          }}
        />
      </div>
      {error && <ErrorCard error={error} />}
      {shown && (
        <section aria-label={t.review(shown.file)} className="flex flex-col gap-2">
          <p className="text-sm text-ink-soft">{t.from(shown.preview.source, shown.preview.as_of)}</p>
          <ul className="flex flex-col">
            {shown.preview.items.map((item, at) => (
              <Item
                key={`${keyOf(item)} ${at}`}
                item={item}
                confirmed={confirmed.has(keyOf(item))}
                onConfirm={(on) => confirm(keyOf(item), on)}
              />
            ))}
          </ul>
          {shown.preview.items.some(({ outcome }) => outcome === 'lower_price') && (
            <p className="text-warn">{t.lower}</p>
          )}
          <div className="flex gap-2">
            <Button
              look="primary"
              disabled={busy || count === 0}
              title={count === 0 ? t.nothing : undefined}
              onClick={() => run(() => apply(shown.document))}
            >
              {t.apply(count)}
            </Button>
            <Button onClick={() => setShown(null)}>{messages.ui.cancel}</Button>
          </div>
        </section>
      )}
    </Section>
  );
}

interface ItemProps {
  item: CatalogueItem;
  confirmed: boolean;
  onConfirm: (on: boolean) => void;
}

function Item({ item, confirmed, onConfirm }: ItemProps) {
  const t = providersMessages.providers.news.catalogue;
  const kind = item.outcome === 'added' ? 'added' : 'changed';
  return (
    <li className="flex flex-wrap items-baseline gap-x-2 border-b border-line py-1">
      {item.outcome === 'lower_price' && (
        <CheckBox label={t.confirm(keyOf(item))} checked={confirmed} onChange={onConfirm} />
      )}
      <Badge tone={tones[item.outcome]}>{t.outcomes[item.outcome]}</Badge>
      <code className="num wrap-anywhere">{keyOf(item)}</code>
      <span className="min-w-0 text-sm text-ink-soft">
        {item.reason === undefined
          ? item.changes.map((change) => changeText(change, kind)).join(' · ')
          : codedText('catalogue_item', item.reason, item.reason_detail)}
      </span>
    </li>
  );
}
