import { ServerAccessPage } from './access/server-access-page.tsx';
import { ConnectComfyvn } from './connect/connect-comfyvn.tsx';
import { EndpointPage } from './endpoints/endpoint-page.tsx';
import { FlagsPage } from './flags/flags-page.tsx';
import { LocalServersPage } from './local-servers-page.tsx';
import { LogPage } from './log/log-page.tsx';
import type { PageId } from './server-page.ts';
import { useOpen } from './server-page.ts';
import { SpendPage } from './spend/spend-page.tsx';

const pages: Record<PageId, () => React.ReactNode> = {
  state: ServerAccessPage,
  connect: ConnectComfyvn,
  local: LocalServersPage,
  log: LogPage,
  flags: FlagsPage,
  spend: SpendPage,
};

/** The view of the API that everyone else calls, what it says, and what it costs. */
export function Server() {
  const open = useOpen();
  if ('endpoint' in open) return <EndpointPage key={open.endpoint} id={open.endpoint} />;
  const Page = pages[open.page];
  return <Page />;
}
