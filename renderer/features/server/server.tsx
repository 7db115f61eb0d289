import { ServerAccessPage } from './access/server-access-page.tsx';
import { ConnectComfyvn } from './connect/connect-comfyvn.tsx';
import { EndpointPage } from './endpoints/endpoint-page.tsx';
import { FlagsPage } from './flags/flags-page.tsx';
import { LogPage } from './log/log-page.tsx';
import { type PageId, useOpen } from './server-page.ts';
import { SpendPage } from './spend/spend-page.tsx';
import { serverMessages } from '../../messages/server-messages.ts';
import { LocalServers } from '../../ui/local-servers/local-servers.tsx';
import { Page, PageBody } from '../../ui/page.tsx';

/** Model servers on this machine; searched for when the user asks. */
function LocalServersPage() {
  return (
    <Page title={serverMessages.server.pages.local}>
      <PageBody>
        <LocalServers />
      </PageBody>
    </Page>
  );
}

const pages: Record<PageId, () => React.ReactNode> = {
  state: ServerAccessPage,
  connect: ConnectComfyvn,
  local: LocalServersPage,
  log: LogPage,
  flags: FlagsPage,
  spend: SpendPage,
};

/** The Server view: the API for other programs, its log, and its costs. */
export function Server() {
  const open = useOpen();
  if ('endpoint' in open) return <EndpointPage key={open.endpoint} id={open.endpoint} />;
  const Page = pages[open.page];
  return <Page />;
}
