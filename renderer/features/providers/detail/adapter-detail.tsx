import { Activity, Save, Trash2 } from 'lucide-react';
import type { RuntimeAdapter } from '../../../../contract/runtime-adapter.ts';
import { request } from '../../../api/client.ts';
import { useAction } from '../../../api/use-action.ts';
import { messages } from '../../../messages.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import { goTo } from '../../../state/place.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { FactList } from '../../../ui/facts.tsx';
import { errorText } from '../../../api/error-text.ts';
import { DetailHeader } from './detail-header.tsx';
import { checkHealth, forgetHealth, useHealth } from '../health/health-checks.ts';
import { HealthLine } from '../health/health-line.tsx';
import { undoneRegistration } from '../register/undone-registration.ts';
import { select } from '../selection.ts';
import { tryOnBench } from '../models/try-on-bench.ts';
import { undoProviderChange } from './undo-change.ts';

const words = providersMessages.providers;

/** The way back is to register it again; its key is not known here, so it does not come back. */
function tellRemoved(adapter: RuntimeAdapter): void {
  const { registration, keyLost } = undoneRegistration(adapter);
  const undo = () =>
    void request('runtime.register', registration).then(
      ({ adapter: again }) => select(again.adapter_id),
      (thrown: Error) => toast({ title: thrown.message, kind: 'bad' }),
    );
  toast({
    title: words.removed(adapter.adapter_id),
    description: keyLost ? words.keyNotUndone : undefined,
    undo,
  });
}

/** One adapter of this session. */
export function AdapterDetail({ adapter }: { adapter: RuntimeAdapter }) {
  const { busy, error, run } = useAction();
  const { adapter_id: id, label, provider, modes, metadata } = adapter;
  const health = useHealth((state) => state.byName.get(id));
  const asking = useHealth((state) => state.asking.has(id));
  const keepIt = async () => {
    const { name, change, warnings } = await request('providers.keep', { id });
    toast({
      title: words.keptAs(name),
      description: warnings.join(' ') || undefined,
      undo: () => undoProviderChange(change.id),
    });
    select(name);
  };
  const remove = async () => {
    await request('runtime.remove', { id });
    forgetHealth(id);
    tellRemoved(adapter);
    goTo('providers');
  };
  return (
    <article aria-label={label}>
      <DetailHeader title={label} id={id} kind={words.groups.runtime}>
        <Button onClick={() => tryOnBench(id)}>{words.tryIt}</Button>
        <Button disabled={asking} title={words.checkHint} onClick={() => void checkHealth(id)}>
          <Activity size={12} aria-hidden="true" />
          {words.check}
        </Button>
        <Button disabled={busy} title={words.keepHint} onClick={() => run(keepIt)}>
          <Save size={12} aria-hidden="true" />
          {words.keep}
        </Button>
        <Button disabled={busy} onClick={() => run(remove)}>
          <Trash2 size={12} aria-hidden="true" />
          {words.remove}
        </Button>
      </DetailHeader>
      <section aria-label={words.connection} className="flex max-w-180 flex-col gap-3 p-4">
        {error && (
          <p role="alert" className="text-bad">
            {errorText(error)}
          </p>
        )}
        <p className="text-ink-soft">{words.inMemory}</p>
        <FactList
          facts={[
            { label: words.form.provider, value: <code className="num">{provider}</code> },
            { label: words.modes, value: modes.join(', ') || messages.ui.none },
            {
              label: words.health,
              value: asking ? words.asking : <HealthLine health={health} />,
            },
          ]}
        />
        {Object.keys(metadata).length > 0 && (
          <div>
            <h2 className="mb-1 text-sm text-ink-faint">{words.metadata}</h2>
            <CodeBlock label={words.metadata} text={JSON.stringify(metadata, null, 2)} language="json" />
          </div>
        )}
      </section>
    </article>
  );
}
