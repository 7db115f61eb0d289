import type { ServerAccess } from '../../../../contract/server-access.ts';
import { useCommand } from '../../../api/use-command.ts';
import { serverMessages } from '../../../messages/server-messages.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button.tsx';

const words = serverMessages.server;

/** Whether a token is asked for. The token itself never comes here: main copies it. */
export function TokenCard({ token }: { token: ServerAccess['token'] }) {
  const set = useCommand('server.requireToken');
  const make = () => set.mutate({ required: true }, { onSuccess: () => toast({ title: words.tokenCopied }) });
  return (
    <div className="flex flex-col items-start gap-2">
      <p>{words.tokenStates[token.source]}</p>
      {token.required && <p className="text-warn">{words.tokenComfyvn}</p>}
      {token.can_make ? (
        <div className="flex gap-2">
          <Button disabled={set.isPending} onClick={make}>
            {token.required ? words.newToken : words.makeToken}
          </Button>
          {token.required && (
            <Button disabled={set.isPending} onClick={() => set.mutate({ required: false })}>
              {words.dropToken}
            </Button>
          )}
        </div>
      ) : (
        token.source === 'none' && <p className="text-ink-faint">{words.tokenCannot}</p>
      )}
      {set.error && (
        <p role="alert" className="text-bad">
          {set.error.message}
        </p>
      )}
    </div>
  );
}
