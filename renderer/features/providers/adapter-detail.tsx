import { Trash2 } from 'lucide-react';
import type { RuntimeAdapter } from '../../../contract/runtime-adapter.ts';
import { useCommand } from '../../api/use-command.ts';
import { messages } from '../../messages.ts';
import { goTo } from '../../state/place.ts';
import { setTarget } from '../../state/target.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { FactList } from '../../ui/facts.tsx';
import { select } from './selection.ts';

const words = messages.providers;

/** One adapter of this session. */
export function AdapterDetail({ adapter }: { adapter: RuntimeAdapter }) {
  const remove = useCommand('runtime.remove');
  const { adapter_id: id, label, provider, modes, metadata } = adapter;
  const tryIt = () => {
    setTarget({ provider: id, model: null, preset: null });
    goTo('bench');
  };
  return (
    <article aria-label={label}>
      <header className="flex min-h-10 flex-wrap items-center gap-2 border-b border-line px-4 py-1.5">
        <h1 className="text-lg font-semibold">{label}</h1>
        <code className="num text-ink-faint">{id}</code>
        <Badge>{words.groups.runtime}</Badge>
        <span className="flex-1" />
        <Button onClick={tryIt}>{words.tryIt}</Button>
        <Button
          disabled={remove.isPending}
          onClick={() => remove.mutate({ id }, { onSuccess: () => select({ kind: 'none' }) })}
        >
          <Trash2 size={12} aria-hidden="true" />
          {words.remove}
        </Button>
      </header>
      <section aria-label={words.connection} className="flex flex-col gap-3 p-4">
        <p className="text-ink-soft">{words.inMemory}</p>
        <FactList
          facts={[
            { label: words.form.provider, value: <code className="num">{provider}</code> },
            { label: words.modes, value: modes.join(', ') || messages.ui.none },
          ]}
        />
        <h2 className="text-sm text-ink-faint">{words.metadata}</h2>
        <CodeBlock label={words.metadata} text={JSON.stringify(metadata, null, 2)} language="json" />
        {remove.error && (
          <p role="alert" className="text-bad">
            {remove.error.message}
          </p>
        )}
      </section>
    </article>
  );
}
