import { CircleAlert, Hourglass, KeyRound, LockKeyhole } from 'lucide-react';
import { useState } from 'react';
import type { ListedKey, ProviderView } from '../../../../contract/provider.ts';
import { request } from '../../../api/client.ts';
import { codedText } from '../../../api/coded-text.ts';
import { messages } from '../../../messages.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { formatSecond } from '../../../ui/format.ts';
import { KeyOutcomeLine } from './key-outcome.tsx';
import { useKey } from './use-key.ts';
import { Form } from '../../../ui/form.tsx';

const t = messages.keys;
const reportFailure = (thrown: Error) => toast({ title: thrown.message, kind: 'bad' });

interface KeyRowProps {
  provider: ProviderView;
  listed: ListedKey;
  /** Where saved keys are stored, in a few words. */
  where: string;
}

/** One further key: its name, its state, and its actions. */
export function KeyRow({ provider, listed, where }: KeyRowProps) {
  const work = useKey(provider.name);
  const [isRenaming, setIsRenaming] = useState(false);
  const { id, label, source, state } = listed;
  const saved = source === 'store';
  const keyWhere = saved ? where : t.keyFrom(source);
  const name = label ?? (saved ? t.shown(listed.last4) : source);
  return (
    <li aria-label={t.keyNamed(name)} className="flex flex-col gap-1.5 py-1.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <span className="flex min-w-0 flex-1 basis-60 flex-wrap items-center gap-x-2">
          <KeyRound size={13} aria-hidden="true" className="shrink-0 text-ink-faint" />
          {listed.last4 !== undefined && <span className="num">{t.shown(listed.last4)}</span>}
          {label !== null && <span className="wrap-anywhere">{label}</span>}
          {!saved && <code className="num wrap-anywhere text-ink-soft">{source}</code>}
          <KeyAvailability listed={listed} />
        </span>
        <span className="flex flex-wrap gap-2">
          {state === 'ready' && (
            <Button
              disabled={work.busy !== null}
              title={listed.status === 'set_aside' ? t.backInUseHint : t.checkHint}
              onClick={() => void work.checkOne(id)}
            >
              {listed.status === 'set_aside' ? t.backInUse : t.check}
            </Button>
          )}
          {saved && !isRenaming && <Button onClick={() => setIsRenaming(true)}>{t.rename}</Button>}
          {saved && (
            <Button
              disabled={work.busy !== null}
              title={work.busy === null ? undefined : t.checking}
              onClick={() => void remove(provider, id).catch(reportFailure)}
            >
              {t.remove}
            </Button>
          )}
        </span>
      </div>
      {isRenaming && <Rename provider={provider} listed={listed} onDone={() => setIsRenaming(false)} />}
      <div aria-live="polite" className="empty:hidden">
        {work.busy === 'checking' && <span className="appear-late text-ink-soft">{t.checking}</span>}
        {work.busy === null && work.outcome && (
          <KeyOutcomeLine
            provider={provider}
            outcome={work.outcome}
            where={keyWhere}
            onCheck={() => void work.checkOne(id)}
          />
        )}
      </div>
    </li>
  );
}

/** Why calls do not use the key now; nothing if they use it. */
export function KeyAvailability({ listed }: { listed: ListedKey }) {
  const { status, state, until, reason, problem, problem_detail: detail, origin } = listed;
  if (status === 'set_aside')
    return (
      <span title={reason} className="flex items-center gap-1 text-bad">
        <CircleAlert size={13} aria-hidden="true" className="shrink-0" />
        {t.setAside}
      </span>
    );
  if (status === 'cooling' && until !== undefined)
    return (
      <span title={reason} className="num flex items-center gap-1 text-warn">
        <Hourglass size={13} aria-hidden="true" className="shrink-0" />
        {t.resting(formatSecond(until))}
      </span>
    );
  if (state === 'ready') return null;
  const why = {
    sealed: t.opensLater,
    locked: t.lockedShort,
    other_origin: t.otherOriginShort(origin ?? ''),
    unusable: codedText('key_problem', problem ?? '', detail),
  }[state];
  return (
    <span className="flex items-center gap-1 text-warn">
      <LockKeyhole size={13} aria-hidden="true" className="shrink-0" />
      {why}
    </span>
  );
}

function Rename({ provider, listed, onDone }: Omit<KeyRowProps, 'where'> & { onDone: () => void }) {
  const [label, setLabel] = useState(listed.label ?? '');
  const submit = () => {
    void request('keys.rename', { provider: provider.name, id: listed.id, label }).then(
      onDone,
      reportFailure,
    );
  };
  return (
    <Form onSubmit={submit} className="flex flex-wrap gap-2">
      <input
        aria-label={t.label}
        placeholder={t.label}
        value={label}
        maxLength={60}
        ref={(field) => field?.focus()}
        onChange={(event) => setLabel(event.target.value)}
        className="h-7 w-60 max-w-full min-w-40 rounded-md border border-line-strong bg-raised px-2"
      />
      <Button type="submit" look="primary">
        {t.saveLabel}
      </Button>
      <Button onClick={onDone}>{t.cancel}</Button>
    </Form>
  );
}

async function remove({ name, label }: ProviderView, id: string): Promise<void> {
  const { change } = await request('keys.remove', { provider: name, id });
  toast({
    title: t.removed(label),
    description: t.removedHint,
    undo: () => void request('keys.undo', { change: change.id }).catch(reportFailure),
  });
}
