import { useEffect, useState } from 'react';
import type { ListedKey, ProviderView } from '../../../../contract/provider.ts';
import { queryClient } from '../../../api/query-client.ts';
import { messages } from '../../../messages.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { KeyField } from './key-field.tsx';
import { KeyOutcomeLine } from './key-outcome.tsx';
import { KeyRow } from './key-row.tsx';
import { useKey } from './use-key.ts';

const t = messages.keys;

interface KeyPoolProps {
  provider: ProviderView;
  /** All keys of the provider, including the first. */
  pool: readonly ListedKey[];
  /** Where saved keys are stored, in a few words. */
  where: string;
}

/** A provider's further keys, and a form to add one. */
export function KeyPool({ provider, pool, where }: KeyPoolProps) {
  useRefetchAfterPause(pool);
  const further = pool.filter(({ first }) => !first);
  return (
    <div className="flex flex-col gap-2">
      {further.length > 0 && (
        <ul aria-label={t.others} className="flex flex-col divide-y divide-line border-y border-line">
          {further.map((listed) => (
            <KeyRow key={listed.id} provider={provider} listed={listed} where={where} />
          ))}
        </ul>
      )}
      <AddKey provider={provider} where={where} />
    </div>
  );
}

function AddKey({ provider, where }: Omit<KeyPoolProps, 'pool'>) {
  const [open, setOpen] = useState(false);
  const [label, setLabel] = useState('');
  const [fieldKey, setFieldKey] = useState(0);
  const work = useKey(provider.name);
  if (!open)
    return (
      <div className="flex flex-wrap items-center gap-2">
        <Button title={t.anotherHint} onClick={() => setOpen(true)}>
          {t.another}
        </Button>
        <div aria-live="polite" className="empty:hidden">
          {work.busy === null && work.outcome && (
            <KeyOutcomeLine provider={provider} outcome={work.outcome} where={where} onCheck={() => {}} />
          )}
        </div>
      </div>
    );
  const save = (key: string) => {
    setFieldKey((count) => count + 1);
    void work.add(key, label).then((saved) => {
      if (!saved) return;
      setLabel('');
      setOpen(false);
    });
  };
  return (
    <div role="group" aria-label={t.another} className="flex flex-col gap-2">
      <p className="text-sm text-ink-faint">{t.anotherHint}</p>
      <div className="max-w-60">
        <Field label={t.label} value={label} onChange={setLabel} />
      </div>
      <KeyField
        key={fieldKey}
        provider={provider.label}
        busy={work.busy !== null}
        focus={1}
        onKey={save}
        onCancel={() => setOpen(false)}
      />
      {work.busy === null && work.outcome?.kind === 'refused' && (
        <KeyOutcomeLine provider={provider} outcome={work.outcome} where={where} onCheck={() => {}} />
      )}
    </div>
  );
}

/** Reloads the keys when the first of the paused keys can be used again. */
function useRefetchAfterPause(pool: readonly ListedKey[]): void {
  const endTimes = pool.flatMap(({ until }) => (until ? Date.parse(until) : [])).toSorted((a, b) => a - b);
  const next = endTimes[0];
  useEffect(() => {
    if (next === undefined) return;
    const ask = () => void queryClient.invalidateQueries({ queryKey: ['keys.list'] });
    const timer = setTimeout(ask, Math.max(0, next - Date.now()) + 250);
    return () => clearTimeout(timer);
  }, [next]);
}
