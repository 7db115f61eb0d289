import { Activity, Save, Trash2 } from 'lucide-react';
import type { RuntimeAdapter } from '../../../../contract/runtime-adapter.ts';
import { request } from '../../../api/client.ts';
import { adapterHasKey } from '../../../api/provider-status.ts';
import { useAction } from '../../../api/use-action.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { messages } from '../../../messages.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import { goTo } from '../../../state/view.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { FactList } from '../../../ui/facts.tsx';
import { errorText } from '../../../api/error-text.ts';
import { noticesInOne } from '../../../api/notice-text.ts';
import { DetailHeader } from './detail-header.tsx';
import { checkHealth, forgetHealth, useHealth } from '../../../api/provider-health.ts';
import { HealthLine } from '../health/health-line.tsx';
import { undoneRegistration } from '../register/undone-registration.ts';
import { select } from '../selection.ts';
import { tryOnBench } from '../models/try-on-bench.ts';
import { undoProviderChange } from './undo-change.ts';
import { ErrorLine } from '../../../ui/error-line.tsx';
import { formatList } from '../../../ui/format.ts';

const t = providersMessages.providers;

/** Undo registers the adapter again. Its key is not known here, so it is not restored. */
function reportRemoved(adapter: RuntimeAdapter): void {
  const { registration, keyLost } = undoneRegistration(adapter);
  const undo = () =>
    void request('runtime.register', registration).then(
      ({ adapter: again }) => select(again.adapter_id),
      (thrown: Error) => toast({ title: thrown.message, kind: 'bad' }),
    );
  toast({
    title: t.removed(adapter.adapter_id),
    description: keyLost ? t.keyNotUndone : undefined,
    undo,
  });
}

/** One adapter of this session. */
export function AdapterDetail({ adapter }: { adapter: RuntimeAdapter }) {
  const { busy, error, run } = useAction();
  const { adapter_id: id, label, provider, modes, metadata } = adapter;
  const health = useHealth((state) => state.byName.get(id));
  const asking = useHealth((state) => state.asking.has(id));
  const registry = useOperation('registry.get', {});
  const hasKey = adapterHasKey(adapter, registry.data?.providers ?? []);
  const keepIt = async () => {
    const { name, change, ...notices } = await request('providers.keep', { id });
    toast({
      title: t.keptAs(name),
      description: noticesInOne(notices),
      undo: () => undoProviderChange(change.id),
    });
    select(name);
  };
  const remove = async () => {
    await request('runtime.remove', { id });
    forgetHealth(id);
    reportRemoved(adapter);
    goTo('providers');
  };
  return (
    <article aria-label={label}>
      <DetailHeader title={label} id={id} kind={t.groups.runtime}>
        <Button onClick={() => tryOnBench(id)}>{t.tryIt}</Button>
        <Button disabled={asking} title={t.checkHint} onClick={() => void checkHealth(id)}>
          <Activity size={12} aria-hidden="true" />
          {t.check}
        </Button>
        <Button disabled={busy} title={t.keepHint} onClick={() => run(keepIt)}>
          <Save size={12} aria-hidden="true" />
          {t.keep}
        </Button>
        <Button disabled={busy} onClick={() => run(remove)}>
          <Trash2 size={12} aria-hidden="true" />
          {t.remove}
        </Button>
      </DetailHeader>
      <section aria-label={t.connection} className="flex max-w-180 flex-col gap-3 p-4">
        <ErrorLine text={error && errorText(error)} />
        <p className="text-ink-soft">{t.inMemory}</p>
        <FactList
          facts={[
            { label: t.form.provider, value: <code className="num">{provider}</code> },
            { label: t.modes, value: formatList(modes) || messages.ui.none },
            {
              label: t.health,
              value: asking ? t.asking : <HealthLine health={health} keyPresent={hasKey} />,
            },
          ]}
        />
        {Object.keys(metadata).length > 0 && (
          <div>
            <h2 className="mb-1 text-sm text-ink-faint">{t.metadata}</h2>
            <CodeBlock label={t.metadata} text={JSON.stringify(metadata, null, 2)} language="json" />
          </div>
        )}
      </section>
    </article>
  );
}
