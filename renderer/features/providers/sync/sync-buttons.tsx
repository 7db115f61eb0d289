import { DownloadCloud, Eraser, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ProviderView } from '../../../../contract/provider.ts';
import { request } from '../../../api/client.ts';
import { lacksKey } from '../../../api/provider-status.ts';
import { useAction } from '../../../api/use-action.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { messages } from '../../../messages.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import { useShortcut } from '../../../state/shortcuts.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { Elapsed } from '../../../ui/elapsed.tsx';
import { errorText } from '../../../api/error-text.ts';
import { endSync, startSync, useSync } from './sync-store.ts';
import { undoProviderChange } from '../detail/undo-change.ts';
import { ErrorLine } from '../../../ui/error-line.tsx';

const t = providersMessages.providers.sync;

/** Why a provider cannot be asked for its list now; null if it can. */
function unavailableReason(provider: ProviderView): string | null {
  if (provider.kind === 'stub' || provider.adapter === 'proxy') return t.noList;
  if (!provider.enabled) return t.off;
  return lacksKey(provider) ? t.noKey : null;
}

/** Buttons that load a provider's own list, or discard what was saved from it. */
export function SyncButtons({ provider }: { provider: ProviderView }) {
  const { name } = provider;
  const sync = useSync((state) => state.byName.get(name));
  useShortcut('cancel', () => endSync(name), sync?.phase === 'asking');
  if (sync?.phase === 'asking')
    return (
      <>
        <Elapsed doing={t.asking} since={sync.since} />
        <Button onClick={() => endSync(name)}>
          <X size={12} aria-hidden="true" />
          {messages.bench.cancel}
        </Button>
      </>
    );
  const why = unavailableReason(provider);
  return (
    <>
      <Forget name={name} />
      <WithReason text={why}>
        <Button disabled={why !== null} title={why ?? t.syncHint} onClick={() => void startSync(name)}>
          <DownloadCloud size={13} aria-hidden="true" />
          {t.sync}
        </Button>
      </WithReason>
    </>
  );
}

/** A button after the reason why it is disabled, if it is. */
function WithReason({ text, children }: { text: string | null; children: ReactNode }) {
  return (
    <span className="flex items-center gap-2">
      {text !== null && <span className="text-sm text-ink-soft">{text}</span>}
      {children}
    </span>
  );
}

function Forget({ name }: { name: string }) {
  const saved = useOperation('providers.get', { name });
  const { busy, error, run } = useAction();
  const nothing = !saved.data?.overlay;
  const forget = async () => {
    const { change } = await request('models.forget', { provider: name });
    toast({ title: t.forgotten, undo: () => undoProviderChange(change.id) });
  };
  return (
    <>
      <ErrorLine text={error && errorText(error)} />
      <WithReason text={saved.data && nothing ? t.nothingKept : null}>
        <Button
          look="quiet"
          disabled={nothing || busy}
          title={nothing ? t.nothingKept : t.forgetHint}
          onClick={() => run(forget)}
        >
          <Eraser size={13} aria-hidden="true" />
          {t.forget}
        </Button>
      </WithReason>
    </>
  );
}
