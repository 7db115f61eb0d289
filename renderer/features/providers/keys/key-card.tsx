import { useRef, useState } from 'react';
import type { ProviderView } from '../../../../contract/provider.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { messages } from '../../../messages.ts';
import { usePath } from '../../../state/view.ts';
import { isCurrent } from '../health/health-checks.ts';
import { KeyButtons } from './key-buttons.tsx';
import { KeyField } from './key-field.tsx';
import { KeyOutcomeLine } from './key-outcome.tsx';
import { KeyPool } from './key-pool.tsx';
import { KeyAvailability } from './key-row.tsx';
import { KeyStatus, SessionOnly } from './key-status.tsx';
import { useKey } from './use-key.ts';

const t = messages.keys;

/**
 * The key of one provider: after it is entered, the free model list shows whether it works. A saved key is
 * never sent back to the window.
 */
export function KeyCard({ provider }: { provider: ProviderView }) {
  const { name, label, credentials } = provider;
  // This opens the key store: a keyring is needed only from here on.
  const list = useOperation('keys.list', {});
  const status = useOperation('server.status', {});
  const store = list.data?.store.name ?? status.data?.key_store ?? 'session';
  const host = status.data?.host ?? 'desktop';
  const work = useKey(name);
  const [isEditing, setEditing] = useState(false);
  const [fieldKey, setFieldKey] = useState(0);
  const [focus, setFocus] = useState(0);
  const [id, , what] = usePath();
  const group = useRef<HTMLDivElement>(null);

  const { state, source, required, locked_by: lockedBy } = credentials;
  const outside = (state === 'ready' || state === 'unusable') && source !== 'store';
  // Set by a link that asks for the key. A locked key is replaced only by its own button.
  const isLinked = id === name && what === 'key';
  const needed = state === 'other_origin' || (state === 'missing' && (required || isLinked));
  const open = !outside && (isEditing || needed);
  const ask = () => {
    setEditing(true);
    setFocus((count) => count + 1);
  };
  const save = (key: string) => {
    setFieldKey((count) => count + 1);
    void work.save(key, state === 'locked' && lockedBy === 'key').then((accepted) => {
      setEditing(!accepted);
      if (accepted) group.current?.focus();
      else setFocus((count) => count + 1);
    });
  };
  const pool = list.data?.keys.find((one) => one.provider === name)?.pool ?? [];
  const first = pool.find((listed) => listed.first);
  // If there are only further keys, the next key that is added becomes the first.
  const hasFirst = first !== undefined || pool.length === 0;
  const savedWhere = store === 'session' ? t.keyForSession : t.keyIn(store);
  const where = outside ? t.keyFrom(source ?? '') : savedWhere;
  const isSetAside = first?.status === 'set_aside';
  const check = () => void (first && isSetAside ? work.checkOne(first.id) : work.check());
  return (
    <div
      ref={group}
      role="group"
      aria-label={t.title(label)}
      tabIndex={-1}
      className="flex max-w-140 flex-col gap-2 outline-none"
    >
      {hasFirst && <KeyStatus provider={provider} store={store} host={host} />}
      {first && first.status !== 'free' && <KeyAvailability listed={first} />}
      {outside && <p className="text-sm text-ink-faint">{t.fromHint}</p>}
      {open && store === 'session' && <SessionOnly host={host} variable={credentials.env[0] ?? ''} />}
      {open && (
        <KeyField
          key={fieldKey}
          provider={label}
          busy={work.busy !== null}
          focus={isLinked ? focus + 1 : focus}
          onKey={save}
          {...(isEditing && state !== 'missing' ? { onCancel: () => setEditing(false) } : {})}
        />
      )}
      {hasFirst && (
        <KeyButtons
          provider={provider}
          work={work}
          open={open}
          onAsk={ask}
          isSetAside={isSetAside}
          onCheck={check}
        />
      )}
      <div role="status" className="empty:hidden">
        {work.busy === 'checking' && <span className="appear-late text-ink-soft">{t.checking}</span>}
        {work.busy === null &&
          work.outcome?.kind === 'checked' &&
          isCurrent(provider, work.outcome.diagnostics) && (
            <KeyOutcomeLine provider={provider} outcome={work.outcome} where={where} onCheck={check} />
          )}
      </div>
      {work.busy === null && work.outcome?.kind === 'refused' && (
        <KeyOutcomeLine provider={provider} outcome={work.outcome} where={where} onCheck={() => {}} />
      )}
      {open && <LookedFor variables={credentials.env} />}
      {pool.some((listed) => !open || !listed.first) && (
        <KeyPool provider={provider} pool={pool} where={savedWhere} />
      )}
    </div>
  );
}

function LookedFor({ variables }: { variables: readonly string[] }) {
  return (
    <p className="text-sm text-ink-faint">
      {t.lookedFor}{' '}
      {variables.map((variable) => (
        <span key={variable}>
          <code className="num wrap-anywhere">{variable}</code>,{' '}
        </span>
      ))}
      {t.thenHere}
    </p>
  );
}
