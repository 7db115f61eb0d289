import { modulesMessages } from '../../../messages/modules-messages.ts';
import type { Tone } from '../../../ui/badge.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import type { ImportUnderReview } from './import-presets.ts';
import { applyImport, cancelImport, importable } from './import-presets.ts';

const words = modulesMessages.presetImport;

const tones: Record<keyof typeof words.outcomes, Tone> = {
  added: 'ok',
  replaced: 'warn',
  same: 'plain',
  refused: 'bad',
};

/** What a file holds and what would become of it, before anything changes. */
export function ImportReview({ review }: { review: ImportUnderReview }) {
  const { items, warnings, file } = review;
  const count = importable(items);
  const refused = items.some(({ outcome }) => outcome === 'refused');
  return (
    <article aria-label={words.title(file)} className="flex h-full flex-col">
      <header className="flex min-h-10 shrink-0 flex-wrap items-center gap-2 border-b border-line py-1.5 pr-3 pl-4">
        <h1 className="min-w-0 flex-1 truncate text-lg font-semibold">{words.title(file)}</h1>
        {refused && count > 0 && <span className="text-sm text-ink-soft">{words.refused}</span>}
        <Button
          look="primary"
          disabled={count === 0}
          title={count === 0 ? words.nothing : undefined}
          onClick={() => void applyImport(review)}
        >
          {words.apply(count)}
        </Button>
        <Button onClick={cancelImport}>{words.cancel}</Button>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto p-4">
        <p className="pb-3 text-ink-soft">{words.help}</p>
        {warnings.map((warning) => (
          <p key={warning} className="pb-3 text-warn">
            {warning}
          </p>
        ))}
        <Items file={file} items={items} />
      </div>
    </article>
  );
}

function Items({ file, items }: Pick<ImportUnderReview, 'file' | 'items'>) {
  return (
    <table aria-label={words.title(file)} className="w-full border-collapse text-left">
      <thead>
        <tr className="border-b border-line text-sm text-ink-faint">
          {Object.entries(words.columns).map(([id, name]) => (
            <th key={id} scope="col" className="h-7 pr-4 font-normal">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map(({ what, id, module, outcome, reason, note }) => (
          <tr key={`${what} ${module} ${id}`} className="border-b border-line align-top">
            <td className="py-1.25 pr-4">{words.whats[what]}</td>
            <td className="num py-1.25 pr-4 wrap-anywhere">{id ?? words.byDefault}</td>
            <td className="num py-1.25 pr-4 text-ink-soft">{module}</td>
            <td className="py-1.25">
              <Badge tone={tones[outcome]}>{words.outcomes[outcome]}</Badge>
              {[reason, note].filter(Boolean).map((text) => (
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
