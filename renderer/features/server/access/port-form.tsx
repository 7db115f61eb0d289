import { useState } from 'react';
import type { ServerAccess } from '../../../../contract/server-access.ts';
import { useCommand } from '../../../api/use-command.ts';
import { serverMessages } from '../../../messages/server-messages.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { fixedBy } from './fixed-by.ts';
import { Form } from '../../../ui/form.tsx';

const t = serverMessages.server;

interface PortFormProps {
  port: ServerAccess['port'];
  listening: string | null;
}

/** The port. A running server moves to a new one at once. */
export function PortForm({ port, listening }: PortFormProps) {
  const [text, setText] = useState(String(port.value));
  const configure = useCommand('server.configure');
  const fixed = fixedBy(port.source, '--port', 'COMFYVN_LLM_PORT');
  if (fixed !== null)
    return (
      <p>
        <span className="text-ink-faint">{t.port}</span>{' '}
        <code className="num">{listening === null ? port.value : new URL(listening).port}</code>{' '}
        <span className="text-ink-faint">· {t.setBy(fixed)}</span>
      </p>
    );
  const entered = /^\d+$/.test(text.trim()) ? Number(text) : NaN;
  const valid = entered >= 1 && entered <= 65_535;
  const isUnchanged = entered === port.value && listening !== null;
  // A page from another port has another origin, which the server rejects.
  const ownPage = !window.panel;
  return (
    <Form
      className="flex items-start gap-2"
      onSubmit={() => {
        if (valid && !isUnchanged && !ownPage) configure.mutate({ port: entered });
      }}
    >
      <div className="w-80">
        <Field
          label={t.port}
          isNumber
          value={text}
          onChange={setText}
          hint={ownPage ? t.moveOwnPage : t.portHint}
          error={valid ? configure.error?.message : t.portProblem}
        />
      </div>
      <Button
        type="submit"
        className="mt-5"
        disabled={ownPage || !valid || isUnchanged || configure.isPending}
        title={ownPage ? t.moveOwnPage : !valid ? t.portProblem : isUnchanged ? t.samePort : undefined}
      >
        {configure.isPending ? t.moving : t.move}
      </Button>
    </Form>
  );
}
