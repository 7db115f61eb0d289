import { serverMessages } from '../../messages/server-messages.ts';
import { LocalServers } from '../../ui/local-servers/local-servers.tsx';
import { Page, PageBody } from '../../ui/page.tsx';

/** Model servers on this machine, looked for when someone asks. */
export function LocalServersPage() {
  return (
    <Page title={serverMessages.server.pages.local}>
      <PageBody>
        <LocalServers />
      </PageBody>
    </Page>
  );
}
