import { RefreshCw, TriangleAlert } from 'lucide-react';
import { useCommand } from '../../api/use-command.ts';
import { providersMessages } from '../../messages/providers-messages.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorCard } from '../../ui/call/error-card.tsx';
import { DetailHeader } from './detail/detail-header.tsx';

const t = providersMessages.providers;

/** The registry's warnings about its files, and a button to reload them. */
export function RegistryNotices({ notices }: { notices: readonly string[] }) {
  const refresh = useCommand('registry.refresh');
  return (
    <article aria-label={t.notices}>
      <DetailHeader title={t.notices}>
        <Button disabled={refresh.isPending} onClick={() => refresh.mutate({})}>
          <RefreshCw size={12} aria-hidden="true" />
          {t.reload}
        </Button>
      </DetailHeader>
      <div className="flex max-w-180 flex-col gap-3 p-4">
        {refresh.error && <ErrorCard error={refresh.error.info} />}
        {notices.length === 0 && <p className="text-ink-soft">{t.noNotices}</p>}
        <ul className="flex flex-col gap-2">
          {notices.map((notice) => (
            <li key={notice} className="flex gap-2">
              <TriangleAlert size={13} aria-hidden="true" className="mt-0.5 shrink-0 text-warn" />
              <span className="min-w-0 wrap-anywhere">{notice}</span>
            </li>
          ))}
        </ul>
      </div>
    </article>
  );
}
