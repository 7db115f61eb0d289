import type { ServerAccess } from '../../../../contract/server-access.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { serverMessages } from '../../../messages/server-messages.ts';
import { FactList } from '../../../ui/facts.tsx';
import { Page, PageBody } from '../../../ui/page.tsx';
import { QueryFailure } from '../../../ui/query-failure.tsx';
import { HostForm } from './host-form.tsx';
import { OriginsForm } from './origins-form.tsx';
import { PortForm } from './port-form.tsx';
import { RunSwitch } from './run-switch.tsx';
import { ServerState } from './server-state.tsx';
import { TokenCard } from './token-card.tsx';
import { Section } from '../../../ui/section.tsx';

const t = serverMessages.server;

/** Whether the API runs, where, and who may call it. */
export function ServerAccessPage() {
  const status = useOperation('server.status', {});
  const access = useOperation('server.access', {});
  if (status.isError) return <QueryFailure error={status.error.info} onRetry={() => void status.refetch()} />;
  if (!status.data) return null;
  return (
    <Page title={t.title} actions={<RunSwitch status={status.data} />}>
      <PageBody columns>
        <ServerState status={status.data} />
        {access.isError && <QueryFailure error={access.error.info} onRetry={() => void access.refetch()} />}
        {access.data && <Access access={access.data} listening={status.data.listening} />}
      </PageBody>
    </Page>
  );
}

function Access({ access, listening }: { access: ServerAccess; listening: string | null }) {
  const { port, host, allowed_origins: origins, allowed_hosts: hosts, token } = access;
  return (
    <>
      <Section look="page" title={t.listening}>
        <PortForm key={`port ${port.value}`} port={port} listening={listening} />
        <HostForm key={`host ${host.value}`} host={host} />
      </Section>
      <Section look="page" title={t.origins}>
        <OriginsForm key={origins.values.join()} origins={origins} />
        {hosts.length > 0 && (
          <FactList
            facts={[
              {
                label: t.allowedHosts,
                value: <code className="num">{hosts.join(', ')}</code>,
                note: t.setBy(t.allowedHostsFrom),
              },
            ]}
          />
        )}
      </Section>
      <Section look="page" title={t.token}>
        <TokenCard token={token} />
      </Section>
    </>
  );
}
