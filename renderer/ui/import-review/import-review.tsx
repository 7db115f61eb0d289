import type { ImportItem } from '../../../contract/user-preset.ts';
import { codedText } from '../../api/coded-text.ts';
import { noticeTexts } from '../../api/notice-text.ts';
import { messages } from '../../messages.ts';
import { importMessages } from '../../messages/import-messages.ts';
import type { Tone } from '../badge.tsx';
import { Badge } from '../badge.tsx';
import { Button } from '../button.tsx';
import { Page, PageBody } from '../page.tsx';
import type { ImportUnderReview } from './import-under-review.ts';
import { importable } from './import-under-review.ts';

const t = importMessages.importFile;

const tones: Record<keyof typeof t.outcomes, Tone> = {
  added: 'ok',
  replaced: 'warn',
  same: 'plain',
  refused: 'bad',
};

interface ImportReviewProps {
  review: ImportUnderReview;
  onApply: () => void;
  onCancel: () => void;
}

/** Shows a file's contents and the effect of importing it, before anything changes. */
export function ImportReview({ review, onApply, onCancel }: ImportReviewProps) {
  const { items, file, leftOut = [] } = review;
  const count = importable(items);
  const refused = items.some(({ outcome }) => outcome === 'refused');
  const actions = (
    <>
      <Button
        look="primary"
        disabled={count === 0}
        title={count === 0 ? t.nothing : undefined}
        onClick={onApply}
      >
        {t.apply(count)}
      </Button>
      <Button onClick={onCancel}>{messages.ui.cancel}</Button>
    </>
  );
  return (
    <Page title={t.title(file)} actions={actions}>
      <PageBody>
        <p className="text-ink-soft">
          {t.help} {refused && t.refused}
        </p>
        {noticeTexts(review).map((warning) => (
          <p key={warning} className="text-warn">
            {warning}
          </p>
        ))}
        <Items file={file} items={items} />
        {leftOut.length > 0 && <LeftOutParts parts={leftOut} />}
      </PageBody>
    </Page>
  );
}

function LeftOutParts({ parts }: { parts: NonNullable<ImportUnderReview['leftOut']> }) {
  return (
    <section aria-label={t.leftOut} className="mt-4">
      <h2 className="text-sm text-ink-faint">{t.leftOut}</h2>
      <dl>
        {parts.map(({ path, reason, reason_detail: detail }) => (
          <div key={`${path} ${reason}`} className="flex gap-4 border-b border-line py-1.25">
            <dt className="num w-56 shrink-0 wrap-anywhere">{path}</dt>
            <dd className="min-w-0 text-sm text-ink-soft">{codedText('import_left_out', reason, detail)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Why an item is refused, and what it does. */
function notesOf({ reason, reason_detail: why, note, note_detail: about }: ImportItem): string[] {
  return [
    ...(reason ? [codedText('import_note', reason, why)] : []),
    ...(note ? [codedText('import_note', note, about)] : []),
  ];
}

function Items({ file, items }: Pick<ImportUnderReview, 'file' | 'items'>) {
  return (
    <table aria-label={t.title(file)} className="w-full border-collapse text-left">
      <thead>
        <tr className="border-b border-line text-sm text-ink-faint">
          {Object.entries(t.columns).map(([id, name]) => (
            <th key={id} scope="col" className="h-7 pr-4 font-normal">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={`${item.what} ${item.module} ${item.id}`} className="border-b border-line align-top">
            <td className="py-1.25 pr-4">{t.whats[item.what]}</td>
            <td className="num py-1.25 pr-4 wrap-anywhere">{item.id ?? t.byDefault}</td>
            <td className="num py-1.25 pr-4 text-ink-soft">{item.module}</td>
            <td className="py-1.25">
              <Badge tone={tones[item.outcome]}>{t.outcomes[item.outcome]}</Badge>
              {notesOf(item).map((text) => (
                <p key={text} className="text-sm wrap-anywhere text-ink-soft">
                  {text}
                </p>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
