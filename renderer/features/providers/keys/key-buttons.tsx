import type { ProviderView } from '../../../../contract/provider.ts';
import { request } from '../../../api/client.ts';
import { messages } from '../../../messages.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { forgetHealth } from '../../../api/provider-health.ts';
import type { useKey } from './use-key.ts';

const t = messages.keys;

const reportFailure = (thrown: Error) => toast({ title: thrown.message, kind: 'bad' });

async function remove({ name, label }: ProviderView): Promise<void> {
  const { change } = await request('keys.remove', { provider: name });
  forgetHealth(name);
  toast({
    title: t.removed(label),
    description: t.removedHint,
    undo: () => void request('keys.undo', { change: change.id }).catch(reportFailure),
  });
}

interface KeyButtonsProps {
  provider: ProviderView;
  work: ReturnType<typeof useKey>;
  /** The key field is shown. */
  open: boolean;
  onAsk: () => void;
  /** The provider refused the key, so calls do not use it. */
  isSetAside: boolean;
  onCheck: () => void;
}

/** The actions on the provider's key. */
export function KeyButtons({ provider, work, open, onAsk, isSetAside, onCheck }: KeyButtonsProps) {
  const { state, source, locked_by: lockedBy } = provider.credentials;
  const canUse = state === 'ready' || state === 'sealed';
  const saved = source === 'store';
  const ask = {
    missing: t.add,
    locked: lockedBy === 'store' ? t.forSession : t.replaceLocked,
    ready: t.replace,
    sealed: t.replace,
    other_origin: t.replace,
    unusable: t.replace,
  }[state];
  const busy = work.busy !== null;
  const why = busy ? { title: t.checking } : {};
  const canAsk = !open && (saved || state === 'missing');
  if (!canUse && !saved && !canAsk) return null;
  return (
    <div className="flex flex-wrap gap-2">
      {canUse && (
        <Button disabled={busy} title={isSetAside ? t.backInUseHint : t.checkHint} {...why} onClick={onCheck}>
          {isSetAside ? t.backInUse : t.check}
        </Button>
      )}
      {canAsk && <Button onClick={onAsk}>{ask}</Button>}
      {saved && (
        <Button
          disabled={busy}
          {...why}
          onClick={() => {
            work.forget();
            void remove(provider).catch(reportFailure);
          }}
        >
          {t.remove}
        </Button>
      )}
    </div>
  );
}
