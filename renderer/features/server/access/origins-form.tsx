import { useId, useState } from 'react';
import type { ServerAccess } from '../../../../contract/server-access.ts';
import { useCommand } from '../../../api/use-command.ts';
import { serverMessages } from '../../../messages/server-messages.ts';
import { Button } from '../../../ui/button.tsx';
import { fixedBy } from './fixed-by.ts';
import { ErrorLine } from '../../../ui/error-line.tsx';
import { Form } from '../../../ui/form.tsx';

const t = serverMessages.server;

const linesOf = (text: string) =>
  text
    .split(/[\s,]+/)
    .map((line) => line.trim())
    .filter(Boolean);

/** The origins that may call the API besides the panel's own page. */
export function OriginsForm({ origins }: { origins: ServerAccess['allowed_origins'] }) {
  const [text, setText] = useState(origins.values.join('\n'));
  const configure = useCommand('server.configure');
  const hint = useId();
  const fixed = fixedBy(origins.source, '', 'COMFYVN_LLM_ALLOWED_ORIGINS');
  if (fixed !== null)
    return (
      <div className="flex flex-col gap-1">
        <code className="num">{origins.values.join('\n')}</code>
        <span className="text-ink-faint">{t.setBy(fixed)}</span>
      </div>
    );
  const entered = linesOf(text);
  const isUnchanged = entered.join() === origins.values.join();
  return (
    <Form
      className="flex flex-col items-start gap-2"
      onSubmit={() => configure.mutate({ allowed_origins: entered })}
    >
      <textarea
        aria-label={t.origins}
        aria-describedby={hint}
        rows={Math.max(2, Math.min(6, entered.length + 1))}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="num w-full max-w-120 rounded-md border border-line-strong bg-raised px-2 py-1.5"
      />
      {entered.length === 0 && <p className="text-sm text-ink-soft">{t.noOrigins}</p>}
      <p id={hint} className="text-sm text-ink-faint">
        {t.originsHint}
      </p>
      <ErrorLine text={configure.error?.message} />
      <Button
        type="submit"
        disabled={isUnchanged || configure.isPending}
        title={isUnchanged ? t.originsSaved : undefined}
      >
        {t.save}
      </Button>
    </Form>
  );
}
