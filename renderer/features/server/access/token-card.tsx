import type { ServerAccess } from '../../../../contract/server-access.ts';
import { useCommand } from '../../../api/use-command.ts';
import { serverMessages } from '../../../messages/server-messages.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorLine } from '../../../ui/error-line.tsx';

const t = serverMessages.server;

/** Whether a token is required. The token itself is never sent to the window: main copies it. */
export function TokenCard({ token }: { token: ServerAccess['token'] }) {
  const requireToken = useCommand('server.requireToken');
  const createToken = () =>
    requireToken.mutate({ required: true }, { onSuccess: () => toast({ title: t.tokenCopied }) });
  return (
    <div className="flex flex-col items-start gap-2">
      <p>{t.tokenStates[token.source]}</p>
      {token.required && <p className="text-warn">{t.tokenComfyvn}</p>}
      {token.can_make ? (
        <div className="flex gap-2">
          <Button disabled={requireToken.isPending} onClick={createToken}>
            {token.required ? t.newToken : t.makeToken}
          </Button>
          {token.required && (
            <Button
              disabled={requireToken.isPending}
              onClick={() => requireToken.mutate({ required: false })}
            >
              {t.dropToken}
            </Button>
          )}
        </div>
      ) : (
        token.source === 'none' && <p className="text-ink-faint">{t.tokenCannot}</p>
      )}
      <ErrorLine text={requireToken.error?.message} />
    </div>
  );
}
