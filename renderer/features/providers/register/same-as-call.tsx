import { useFormContext, useWatch } from 'react-hook-form';
import { useOperation } from '../../../api/use-operation.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { registerLine } from './register-line.ts';
import type { Registration } from './registration.ts';

const t = providersMessages.providers.form;

/** The form's request as a command for a script. */
export function SameAsCall({ hasKey }: { hasKey: boolean }) {
  const { control } = useFormContext<Registration>();
  const form = useWatch({ control });
  const status = useOperation('server.status', {});
  // Only the address that is actually bound is shown.
  const line = registerLine(form as Registration, status.data?.listening ?? '$LLM_PANEL', hasKey);
  return (
    <section aria-label={t.line} className="flex flex-col gap-1 border-t border-line pt-3">
      <header className="flex items-center">
        <h2 className="flex-1 text-sm text-ink-soft">{t.line}</h2>
        <CopyButton text={line} />
      </header>
      <CodeBlock label={t.line} text={line} />
    </section>
  );
}
