import { useState } from 'react';
import type { ServerAccess } from '../../../../contract/server-access.ts';
import { useCommand } from '../../../api/use-command.ts';
import { serverMessages } from '../../../messages/server-messages.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { fixedBy } from './fixed-by.ts';

const words = serverMessages.server;

interface PortFormProps {
  port: ServerAccess['port'];
  listening: string | null;
}

/** The port, which the server moves to at once while it runs. */
export function PortForm({ port, listening }: PortFormProps) {
  const [text, setText] = useState(String(port.value));
  const configure = useCommand('server.configure');
  const fixed = fixedBy(port.source, '--port', 'COMFYVN_LLM_PORT');
  if (fixed !== null)
    return (
      <p>
        <span className="text-ink-faint">{words.port}</span>{' '}
        <code className="num">{listening === null ? port.value : new URL(listening).port}</code>{' '}
        <span className="text-ink-faint">{words.setBy(fixed)}</span>
      </p>
    );
  const wanted = /^\d+$/.test(text.trim()) ? Number(text) : NaN;
  const valid = wanted >= 1 && wanted <= 65_535;
  const same = wanted === port.value && listening !== null;
  // A page of another port is another origin, which the server's guard turns away.
  const ownPage = !window.panel;
  return (
    <form
      className="flex items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (valid && !same && !ownPage) configure.mutate({ port: wanted });
      }}
    >
      <div className="w-80">
        <Field
          label={words.port}
          mono
          value={text}
          onChange={setText}
          hint={ownPage ? words.moveOwnPage : words.portHint}
          error={valid ? configure.error?.message : words.portProblem}
        />
      </div>
      <Button
        type="submit"
        className="mt-5"
        disabled={ownPage || !valid || same || configure.isPending}
        title={ownPage ? words.moveOwnPage : !valid ? words.portProblem : same ? words.samePort : undefined}
      >
        {configure.isPending ? words.moving : words.move}
      </Button>
    </form>
  );
}
