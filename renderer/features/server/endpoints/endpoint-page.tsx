import { Network } from 'lucide-react';
import { endpointSummary } from '../../../api/coded-text.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { serverMessages } from '../../../messages/server-messages.ts';
import { goTo } from '../../../state/view.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Page, PageBody } from '../../../ui/page.tsx';
import { QueryFailure } from '../../../ui/query-failure.tsx';
import { endpointKey } from '../server-page.ts';
import { Section } from '../../../ui/section.tsx';
import { formatList } from '../../../ui/format.ts';

const t = serverMessages.server.endpoint;

/** One route: its purpose, a test, and a command that calls it. */
export function EndpointPage({ id }: { id: string }) {
  const all = useOperation('server.endpoints', {});
  if (all.isError) return <QueryFailure error={all.error.info} onRetry={() => void all.refetch()} />;
  if (!all.data) return null;
  const endpoint = all.data.endpoints.find((one) => endpointKey(one) === id);
  if (!endpoint) return <EmptyState icon={Network} title={t.unknown} />;
  const { method, path, on, flags, token, curl, powershell } = endpoint;
  return (
    <Page
      title={`${method} ${path}`}
      actions={<Badge tone={on ? 'ok' : 'warn'}>{on ? t.on : t.needsFlag}</Badge>}
    >
      <PageBody>
        <p>{endpointSummary(endpoint)}</p>
        <p className="text-ink-soft">{token ? t.tokenHelp : t.noToken}</p>
        {!on && (
          <p className="flex flex-wrap items-center gap-2 text-warn">
            {t.needsFlagHelp(formatList(flags))}
            <Button onClick={() => goTo('server', 'flags')}>{t.flags}</Button>
          </p>
        )}
        <Section look="page" title={t.curl} action={<CopyButton text={curl} />}>
          <CodeBlock label={t.curl} text={curl} />
          <p className="text-sm text-ink-faint">{t.curlHelp}</p>
        </Section>
        <Section look="page" title={t.powershell} action={<CopyButton text={powershell} />}>
          <CodeBlock label={t.powershell} text={powershell} />
          <p className="text-sm text-ink-faint">{t.powershellHelp}</p>
        </Section>
      </PageBody>
    </Page>
  );
}
