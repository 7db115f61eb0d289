import { Newspaper, X } from 'lucide-react';
import type { ModelNews, NewsReport } from '../../../../contract/model-sync.ts';
import type { RegistryView } from '../../../../contract/operations/registry.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import { useShortcut } from '../../../state/shortcuts.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorCard } from '../../../ui/call/error-card.tsx';
import { Elapsed } from '../../../ui/elapsed.tsx';
import { formatPrice, formatList } from '../../../ui/format.ts';
import { Section } from '../../../ui/section.tsx';
import { DetailHeader } from '../detail/detail-header.tsx';
import { select } from '../selection.ts';
import { CatalogueImport } from './catalogue-import.tsx';
import { checkForNews, stopNews, useNews } from './news-store.ts';
import { useSync } from './sync-store.ts';

/** What the providers' own lists report about the models in use. Loaded here, and saved at each provider. */
export function NewsPage({ registry }: { registry: RegistryView }) {
  const t = providersMessages.providers.news;
  const { controller, since, report, error } = useNews();
  const asking = controller !== null;
  useShortcut('cancel', stopNews, asking);
  return (
    <article aria-label={t.title}>
      <DetailHeader title={t.title}>
        {asking && <Elapsed doing={t.asking} since={since} />}
        {asking ? (
          <Button onClick={stopNews}>
            <X size={12} aria-hidden="true" />
            {t.stop}
          </Button>
        ) : (
          <Button look="primary" onClick={() => void checkForNews()}>
            <Newspaper size={12} aria-hidden="true" />
            {report ? t.again : t.check}
          </Button>
        )}
      </DetailHeader>
      <div className="flex max-w-180 flex-col gap-4 p-4">
        <p className="text-ink-soft">{t.intro}</p>
        {error && <ErrorCard error={error} />}
        {report && <Report report={report} registry={registry} />}
        <CatalogueImport />
      </div>
    </article>
  );
}

const priceText = (value: unknown): string => {
  const { input, output } = (value ?? {}) as { input?: number; output?: number };
  return input === undefined || output === undefined
    ? providersMessages.providers.priceUnknown
    : `${formatPrice(input)} / ${formatPrice(output)}`;
};

function newsText({ kind, change: { from, to } }: ModelNews): string {
  const { what } = providersMessages.providers.news;
  if (kind === 'vanished') return what.vanished(String(to));
  if (kind === 'ends') return to === null ? what.endsNo : what.ends(String(to));
  return what.price(priceText(from), priceText(to));
}

function Report({ report, registry }: { report: NewsReport; registry: RegistryView }) {
  const t = providersMessages.providers.news;
  const labelOf = (name: string) => registry.providers.find((one) => one.name === name)?.label ?? name;
  const skipped = (['not_running', 'off', 'no_key', 'no_address', 'no_list'] as const).map((reason) => ({
    reason,
    names: report.skipped.filter((one) => one.reason === reason).map(({ provider }) => labelOf(provider)),
  }));
  return (
    <>
      {report.news.length === 0 ? (
        report.lists.length > 0 && <p role="status">{t.none}</p>
      ) : (
        <ul aria-label={t.title} className="flex flex-col">
          {report.news.map((one) => (
            <li
              key={`${one.provider} ${one.model} ${one.kind}`}
              className="flex flex-wrap items-baseline gap-x-2 border-b border-line py-1"
            >
              <code className="num">{one.model}</code>
              <span className="text-ink-faint">{labelOf(one.provider)}</span>
              <span>{newsText(one)}</span>
              {one.serves.length > 0 && <span className="text-warn">{t.serves(formatList(one.serves))}</span>}
            </li>
          ))}
        </ul>
      )}
      <Section look="page" title={t.lists}>
        {report.lists.map((list) => (
          <ListLine key={list.provider} list={list} label={labelOf(list.provider)} />
        ))}
        {report.failed.map(({ provider, message }) => (
          <p key={provider} className="wrap-anywhere">
            <span className="text-bad">{t.failed}</span> {message}
          </p>
        ))}
        {skipped
          .filter(({ names }) => names.length > 0)
          .map(({ reason, names }) => (
            <p key={reason} className="text-sm text-ink-faint">
              {t.notAsked} ({t.reasons[reason]}): {formatList(names)}
            </p>
          ))}
      </Section>
    </>
  );
}

function ListLine({ list, label }: { list: NewsReport['lists'][number]; label: string }) {
  const t = providersMessages.providers;
  const waiting = useSync((state) => state.byName.get(list.provider)?.phase === 'review');
  const count = list.added.length + list.missing.length + list.changed.length;
  return (
    <div className="flex min-h-7 flex-wrap items-center gap-2">
      <span className="font-medium">{label}</span>
      <span className="num text-ink-soft">{t.count(list.found)}</span>
      <span className="flex-1" />
      {waiting ? (
        <Button
          aria-label={t.news.reviewOf(t.news.review(count), label)}
          onClick={() => select(list.provider, 'models')}
        >
          {t.news.review(count)}
        </Button>
      ) : (
        <span className="text-ink-faint">{t.news.same}</span>
      )}
    </div>
  );
}
