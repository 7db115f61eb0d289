import { Play, Square } from 'lucide-react';
import type { ServerStatus } from '../../../../contract/operations/server.ts';
import { useCommand } from '../../../api/use-command.ts';
import { serverMessages } from '../../../messages/server-messages.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorLine } from '../../../ui/error-line.tsx';

const t = serverMessages.server;

/** Starts and stops the API. A page cannot stop the server that it was loaded from. */
export function RunSwitch({ status }: { status: ServerStatus }) {
  const start = useCommand('server.start');
  const stop = useCommand('server.stop');
  const error = start.error ?? stop.error;
  const ownPage = status.host === 'headless';
  const isStopped = status.listening === null;
  return (
    <>
      <ErrorLine text={error?.message} />
      {isStopped || stop.isPending ? (
        <Button
          look="primary"
          disabled={start.isPending || stop.isPending}
          title={stop.isPending ? t.stoppingNow : undefined}
          onClick={() => start.mutate({})}
        >
          <Play size={13} aria-hidden="true" />
          {stop.isPending ? t.stoppingNow : start.isPending ? t.startingNow : t.start}
        </Button>
      ) : (
        <Button
          disabled={ownPage}
          title={ownPage ? t.stopOwnPage : t.stopHelp}
          onClick={() => stop.mutate({})}
        >
          <Square size={12} aria-hidden="true" />
          {t.stop}
        </Button>
      )}
    </>
  );
}
