import { Fragment, useRef } from 'react';
import type { ProviderView } from '../../../../contract/provider.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { messages } from '../../../messages.ts';
import { listSeparator } from '../../../ui/format.ts';
import { isCurrent, useProviderHealth } from '../../../api/provider-health.ts';
import { KeyButtons } from './key-buttons.tsx';
import { KeyField } from './key-field.tsx';
import { KeyOutcomeLine } from './key-outcome.tsx';
import { KeyPool } from './key-pool.tsx';
import { KeyAvailability } from './key-row.tsx';
import { KeyStatus, SessionOnly } from './key-status.tsx';
import { isSetOutside, useKeyEntry } from './use-key-entry.ts';
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
  const card = useRef<HTMLDivElement>(null);
  const entry = useKeyEntry(provider, work.save, () => card.current?.focus());

  const pool = list.data?.keys.find((one) => one.provider === name)?.pool ?? [];
  const first = pool.find((listed) => listed.first);
  const check = () => void (first?.status === 'set_aside' ? work.checkOne(first.id) : work.check());
  const savedWhere = store === 'session' ? t.keyForSession : t.keyIn(store);
  const outside = isSetOutside(credentials);
  const where = outside ? t.keyFrom(credentials.source ?? '') : savedWhere;
  // If there are only further keys, the next key that is added becomes the first.
  const isAskedFor = useProviderHealth(provider)?.status === 'unauthorized';
  const hasFirst = first !== undefined || pool.length === 0;
  return (
    <div
      ref={card}
      role="group"
      aria-label={t.title(label)}
      tabIndex={-1}
      className="flex max-w-140 flex-col gap-2 outline-none"
    >
      {hasFirst && <KeyStatus provider={provider} store={store} host={host} isAskedFor={isAskedFor} />}
      {first && first.status !== 'free' && <KeyAvailability listed={first} />}
      {outside && <p className="text-sm text-ink-faint">{t.fromHint}</p>}
      {entry.isOpen && store === 'session' && <SessionOnly host={host} variable={credentials.env[0] ?? ''} />}
      {entry.isOpen && (
        <KeyField
          key={entry.fieldKey}
          provider={label}
          busy={work.busy !== null}
          focus={entry.focus}
          onKey={entry.save}
          {...(entry.cancel && { onCancel: entry.cancel })}
        />
      )}
      {hasFirst && (
        <KeyButtons
          provider={provider}
          work={work}
          open={entry.isOpen}
          onAsk={entry.ask}
          isSetAside={first?.status === 'set_aside'}
          onCheck={check}
        />
      )}
      <Outcome provider={provider} work={work} where={where} onCheck={check} />
      {entry.isOpen && <LookedFor variables={credentials.env} />}
      {pool.some((listed) => !entry.isOpen || !listed.first) && (
        <KeyPool provider={provider} pool={pool} where={savedWhere} />
      )}
    </div>
  );
}

interface OutcomeProps {
  provider: ProviderView;
  work: ReturnType<typeof useKey>;
  /** Where the key is, in words. */
  where: string;
  onCheck: () => void;
}

/** What came of the last key that was saved or checked. */
function Outcome({ provider, work: { busy, outcome }, where, onCheck }: OutcomeProps) {
  const last = busy === null ? outcome : null;
  const isShown = last?.kind === 'checked' && isCurrent(provider, last.diagnostics);
  return (
    <>
      <div role="status" className="empty:hidden">
        {busy === 'checking' && <span className="appear-late text-ink-soft">{t.checking}</span>}
        {isShown && <KeyOutcomeLine provider={provider} outcome={last} where={where} onCheck={onCheck} />}
      </div>
      {last?.kind === 'refused' && (
        <KeyOutcomeLine provider={provider} outcome={last} where={where} onCheck={() => {}} />
      )}
    </>
  );
}

/** The variables that are read before the saved key. */
function LookedFor({ variables }: { variables: readonly string[] }) {
  return (
    <p className="text-sm text-ink-faint">
      {t.lookedFor}
      {variables.map((variable, at) => (
        <Fragment key={variable}>
          {at > 0 && listSeparator()}
          <code className="num wrap-anywhere">{variable}</code>
        </Fragment>
      ))}
      {t.thenHere}
    </p>
  );
}
