import { Undo2 } from 'lucide-react';
import type { RuntimeAdapter } from '../../../contract/runtime-adapter.ts';
import { useCommand } from '../../api/use-command.ts';
import { messages } from '../../messages.ts';
import { Button } from '../../ui/button.tsx';
import { undoneRegistration } from './registration.ts';
import { select } from './selection.ts';

const words = messages.providers;

/** Says that an adapter is gone, and brings it back. Its key is not known here, so it does not come back. */
export function RemovedAdapter({ adapter }: { adapter: RuntimeAdapter }) {
  const register = useCommand('runtime.register');
  const { registration, keyLost } = undoneRegistration(adapter);
  const undo = () =>
    register.mutate(registration, { onSuccess: () => select({ kind: 'adapter', id: adapter.adapter_id }) });
  return (
    <div role="status" className="flex flex-col items-start gap-2 p-4">
      <p>{words.removed(adapter.adapter_id)}</p>
      {keyLost && <p className="text-warn">{words.keyNotUndone}</p>}
      <Button disabled={register.isPending} onClick={undo}>
        <Undo2 size={13} aria-hidden="true" />
        {words.undo}
      </Button>
      {register.error && (
        <p role="alert" className="text-bad">
          {register.error.message}
        </p>
      )}
    </div>
  );
}
