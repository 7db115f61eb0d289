import { Trash2 } from 'lucide-react';
import type { RuntimeAdapter } from '../../../contract/runtime-adapter.ts';
import { useCommand } from '../../api/use-command.ts';
import { messages } from '../../messages.ts';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { FactList } from '../../ui/facts.tsx';
import { DetailHeader } from './detail-header.tsx';
import { select } from './selection.ts';
import { tryOnBench } from './try-on-bench.ts';

const words = messages.providers;

/** One adapter of this session. */
export function AdapterDetail({ adapter }: { adapter: RuntimeAdapter }) {
  const remove = useCommand('runtime.remove');
  const { adapter_id: id, label, provider, modes, metadata } = adapter;
  return (
    <article aria-label={label}>
      <DetailHeader title={label} id={id} kind={words.groups.runtime}>
        <Button onClick={() => tryOnBench(id)}>{words.tryIt}</Button>
        <Button
          disabled={remove.isPending}
          onClick={() => remove.mutate({ id }, { onSuccess: () => select({ kind: 'removed', adapter }) })}
        >
          <Trash2 size={12} aria-hidden="true" />
          {words.remove}
        </Button>
      </DetailHeader>
      <section aria-label={words.connection} className="flex max-w-180 flex-col gap-3 p-4">
        <p className="text-ink-soft">{words.inMemory}</p>
        <FactList
          facts={[
            { label: words.form.provider, value: <code className="num">{provider}</code> },
            { label: words.modes, value: modes.join(', ') || messages.ui.none },
          ]}
        />
        {Object.keys(metadata).length > 0 && (
          <div>
            <h2 className="mb-1 text-sm text-ink-faint">{words.metadata}</h2>
            <CodeBlock label={words.metadata} text={JSON.stringify(metadata, null, 2)} language="json" />
          </div>
        )}
        {remove.error && (
          <p role="alert" className="text-bad">
            {remove.error.message}
          </p>
        )}
      </section>
    </article>
  );
}
