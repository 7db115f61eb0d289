import { useCommand } from '../../api/use-command.ts';
import { messages } from '../../messages.ts';
import { Button } from '../../ui/button.tsx';

/** Starts the API on the port that was found free. */
export function ListenButton({ port }: { port: number }) {
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
