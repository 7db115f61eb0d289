import { TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useConnection } from '../../api/connection-state.ts';
import { useOperation } from '../../api/use-operation.ts';
import { messages } from '../../messages.ts';
import { dismissBanner, useFrame } from '../../state/frame-store.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { ListenButton } from './listen-button.tsx';

/** What the person should know whatever place they are in. */
export function Banners() {
  const status = useOperation('server.status', {});
  const dismissed = useFrame((state) => state.dismissed);
  const lost = useConnection((state) => state.lost);
  const { error = null, fallback_runtime: runtime = null, warnings = [] } = status.data ?? {};
  return (
    <>
      {lost && <Banner role="alert">{messages.frame.lost}</Banner>}
      {error && (
        <Banner role="alert">
          <span className="min-w-0 flex-1">
            <strong className="font-medium">{messages.frame.portTaken}.</strong> {error.message}
          </span>
          {error.try_port !== null && <ListenButton port={error.try_port} />}
        </Banner>
      )}
      {warnings
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

function Banner({ role = 'status', children }: { role?: 'alert' | 'status'; children: ReactNode }) {
  return (
    <div
      role={role}
      className="flex min-h-9 shrink-0 items-center gap-2 border-b border-line bg-warn-soft py-1 pr-1.5 pl-3"
    >
      <TriangleAlert size={14} aria-hidden="true" className="shrink-0 text-warn" />
      {children}
    </div>
  );
}
