import { useState } from 'react';
import type { ServerAccess } from '../../../../contract/server-access.ts';
import { useCommand } from '../../../api/use-command.ts';
import { serverMessages } from '../../../messages/server-messages.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { fixedBy } from './fixed-by.ts';
import { Form } from '../../../ui/form.tsx';

const t = serverMessages.server;

/** The address to bind to. Main refuses any other than loopback without a token. */
export function HostForm({ host }: { host: ServerAccess['host'] }) {
  const [text, setText] = useState(host.value);
  const configure = useCommand('server.configure');
  const fixed = fixedBy(host.source, '--host', 'COMFYVN_LLM_HOST');
  if (fixed !== null)
    return (
      <p>
        <span className="text-ink-faint">{t.host}</span> <code className="num">{host.value}</code>{' '}
        <span className="text-ink-faint">· {t.setBy(fixed)}</span>
      </p>
    );
  const entered = text.trim();
  const idle = entered === '' || entered === host.value;
  return (
    <Form
      className="flex items-start gap-2"
      onSubmit={() => {
        if (!idle) configure.mutate({ host: entered });
      }}
    >
      <div className="w-80">
        <Field
          label={t.host}
          mono
          value={text}
          onChange={setText}
          hint={t.hostHint}
          error={configure.error?.message}
        />
      </div>
      <Button
        type="submit"
        className="mt-5"
        disabled={idle || configure.isPending}
        title={idle ? t.sameHost : undefined}
      >
        {configure.isPending ? t.moving : t.rebind}
      </Button>
    </Form>
  );
}
