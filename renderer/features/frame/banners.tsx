import { X } from 'lucide-react';
import { errorText } from '../../api/error-text.ts';
import { useConnection } from '../../api/connection-state.ts';
import { useOperation } from '../../api/use-operation.ts';
import { messages } from '../../messages.ts';
import { dismissBanner, useFrame } from '../../state/frame-store.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Banner } from './banner.tsx';
import { BrokenFilesLayer } from './broken-files-layer.tsx';
import { NetworkBanners } from './network-banners.tsx';
import { useCommand } from '../../api/use-command.ts';
import { noticeTexts } from '../../api/notice-text.ts';
import { Button } from '../../ui/button.tsx';

/** Starts the API on the port that was found free. */
function ListenButton({ port }: { port: number }) {
  const listen = useCommand('server.listen');
  return (
    <>
      {listen.error && <span className="text-bad">{listen.error.message}</span>}
      <Button disabled={listen.isPending} onClick={() => listen.mutate({ port })}>
        {messages.frame.usePort(port)}
      </Button>
    </>
  );
}

/** What the user should know in every view. */
export function Banners() {
  const status = useOperation('server.status', {});
  const dismissed = useFrame((state) => state.dismissed);
  const lost = useConnection((state) => state.lost);
  const { error = null, fallback_runtime: runtime = null } = status.data ?? {};
  const notices = status.data ? noticeTexts(status.data) : [];
  return (
    <>
      {lost && <Banner role="alert">{messages.frame.lost}</Banner>}
      {error && (
        <Banner role="alert">
          <span className="min-w-0 flex-1">
            <strong className="font-medium">{messages.frame.portTaken}</strong> {errorText(error)}
          </span>
          {error.try_port !== null && <ListenButton port={error.try_port} />}
        </Banner>
      )}
      {notices
        .filter((warning) => !dismissed.includes(warning))
        .map((warning) => (
          <Banner key={warning}>
            <span className="min-w-0 flex-1">{warning}</span>
            <IconButton
              icon={X}
              label={messages.frame.dismiss}
              side="left"
              onClick={() => dismissBanner(warning)}
            />
          </Banner>
        ))}
      <NetworkBanners />
      <BrokenFilesLayer />
      {runtime !== null && !dismissed.includes('runtime') && (
        <Banner>
          <span className="min-w-0 flex-1">{messages.frame.fallbackRuntime(runtime)}</span>
          <IconButton
            icon={X}
            label={messages.frame.dismiss}
            side="left"
            onClick={() => dismissBanner('runtime')}
          />
        </Banner>
      )}
    </>
  );
}
