import { promptPacksMessages } from '../../../messages/prompt-packs-messages.ts';
import { Badge, type Tone } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Page, PageBody } from '../../../ui/page.tsx';
import { applyImport, cancelImport, importable, type ImportUnderReview } from './import-packs.ts';

const words = promptPacksMessages.promptPacks;

const tones: Record<keyof typeof words.outcomes, Tone> = {
  added: 'ok',
  replaced: 'warn',
  same: 'plain',
  refused: 'bad',
};

/** What a file holds and what would become of it, before anything changes. */
export function ImportReview({ review }: { review: ImportUnderReview }) {
  const { items, file } = review;
  const count = importable(items);
  const actions = (
    <>
      <Button onClick={cancelImport}>{words.cancel}</Button>
      <Button
        look="primary"
        disabled={count === 0}
        title={count === 0 ? words.importNothing : undefined}
        onClick={() => void applyImport(review)}
      >
        {words.importApply(count)}
      </Button>
    </>
  );
  return (
    <Page title={words.importTitle(file)} actions={actions}>
      <PageBody>
        <p className="text-ink-soft">
          {words.importHelp} {items.some(({ outcome }) => outcome === 'refused') && words.importSkips}
        </p>
        <ul aria-label={words.importTitle(file)} className="flex flex-col">
          {items.map(({ what, id, module, outcome, reason, note }) => (
            <li
              key={`${what} ${module} ${id}`}
              className="flex items-start gap-3 border-b border-line py-1.5"
            >
              <Badge tone={tones[outcome]}>{words.outcomes[outcome]}</Badge>
              <span className="min-w-0 flex-1 wrap-anywhere">
                {words.whats[what]} <span className="font-medium">{id}</span>{' '}
                <span className="num text-ink-faint">{module}</span>
                {[reason, note].filter(Boolean).map((text) => (
                  <span key={text} className="block text-sm text-ink-soft">
                    {text}
                  </span>
                ))}
              </span>
            </li>
          ))}
        </ul>
      </PageBody>
    </Page>
  );
}
