import { X } from 'lucide-react';
import { useState } from 'react';
import type { OperationOutput } from '../../../../contract/operations/table.ts';
import { request } from '../../../api/client.ts';
import { runCommand } from '../../../api/run-command.ts';
import { useAction } from '../../../api/use-action.ts';
import { messages } from '../../../messages.ts';
import { translationReviewMessages as reviewTexts } from '../../../messages/translation-review-messages.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorCard } from '../../../ui/call/error-card.tsx';
import { formatCount } from '../../../ui/format.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Switch } from '../../../ui/switch.tsx';
import type { UnitQuery } from './review-filter.ts';
import { Form } from '../../../ui/form.tsx';

interface ReplaceBarProps {
  project: string;
  /** Limits the replacement to the lines in the table. */
  query: UnitQuery;
  onClose: () => void;
}

const input = 'h-7 w-44 min-w-0 rounded-md border border-line-strong bg-raised px-2';

type Preview = OperationOutput<'translate.replace'> & { key: string };

/** Search and replace in the filtered translations: first a preview, then the change. */
export function ReplaceBar({ project, query, onClose }: ReplaceBarProps) {
  const [find, setFind] = useState('');
  const [replace, setReplace] = useState('');
  const [matchCase, setMatchCase] = useState(true);
  const [preview, setPreview] = useState<Preview | null>(null);
  const { busy, error, run } = useAction();
  const replacement = { project, ...query, find, replace, match_case: matchCase };
  // A preview is valid only for the exact input that it was made with.
  const key = JSON.stringify(replacement);
  const currentPreview = preview?.key === key ? preview : null;
  const showPreview = () =>
    run(async () =>
      setPreview({ ...(await request('translate.replace', { ...replacement, preview: true })), key }),
    );
  const replaceAll = () =>
    run(async () => {
      const { units } = await runCommand('translate.replace', replacement);
      setPreview(null);
      toast({ title: reviewTexts.review.replaced(formatCount(units)) });
    });
  return (
    <Form
      aria-label={reviewTexts.review.replace}
      className="flex shrink-0 flex-col gap-2 border-b border-line bg-panel px-4 py-2"
      onSubmit={() => {
        if (find !== '' && !busy) showPreview();
      }}
    >
      <div className="flex flex-wrap items-center gap-2">
        <input
          autoFocus
          aria-label={reviewTexts.review.find}
          placeholder={reviewTexts.review.find}
          value={find}
          onChange={(event) => setFind(event.target.value)}
          className={input}
        />
        <input
          aria-label={reviewTexts.review.replaceWith}
          placeholder={reviewTexts.review.replaceWith}
          value={replace}
          onChange={(event) => setReplace(event.target.value)}
          className={input}
        />
        <Switch label={reviewTexts.review.matchCase} checked={matchCase} onChange={setMatchCase} />
        <Button
          type="submit"
          disabled={find === '' || busy}
          title={find === '' ? reviewTexts.review.nothingToFind : undefined}
        >
          {reviewTexts.review.preview}
        </Button>
        {currentPreview && currentPreview.units > 0 && (
          <Button look="primary" disabled={busy} onClick={replaceAll}>
            {reviewTexts.review.replaceAll(formatCount(currentPreview.units))}
          </Button>
        )}
        {currentPreview?.units === 0 && (
          <span role="status" className="text-ink-soft">
            {reviewTexts.review.noneFound}
          </span>
        )}
        <span className="flex-1" />
        <IconButton icon={X} label={messages.ui.close} onClick={onClose} />
      </div>
      {currentPreview && currentPreview.units > 0 && (
        <ul className="max-h-28 overflow-y-auto text-sm">
          {currentPreview.examples.map(({ id, before, after }) => (
            <li key={id} className="grid grid-cols-2 gap-3">
              <del className="truncate text-ink-faint no-underline">{before}</del>
              <ins className="truncate no-underline">{after}</ins>
            </li>
          ))}
        </ul>
      )}
      {error && <ErrorCard error={error} />}
    </Form>
  );
}
