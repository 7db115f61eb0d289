import { KeyRound, LockKeyhole, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ServerStatus } from '../../../../contract/operations/server.ts';
import type { ProviderView } from '../../../../contract/provider.ts';
import { codedText } from '../../../api/coded-text.ts';
import { messages } from '../../../messages.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';

const t = messages.keys;

interface KeyStatusProps {
  provider: ProviderView;
  /** Where saved keys are stored: a name, or `session`. */
  store: string;
  host: ServerStatus['host'];
  /** The server refused a request without a key. */
  isAskedFor: boolean;
}

/** Whether there is a key, where it was found and where a new one is stored; never the key itself. */
export function KeyStatus({
  provider: { credentials, base_url: base },
  store,
  host,
  isAskedFor,
}: KeyStatusProps) {
  const { state, source, origin, last4, required } = credentials;
  if (state === 'ready' || state === 'sealed')
    return (
      <p className="flex flex-wrap items-center gap-x-2" title={origin ? t.onlyTo(origin) : undefined}>
        <KeyRound size={13} aria-hidden="true" className="shrink-0 text-ok" />
        {state === 'ready' && <span className="num">{t.shown(last4)}</span>}
        <span className="text-ink-soft">{storedWhere(state, source, store)}</span>
      </p>
    );
  if (state === 'unusable')
    return <Amber>{codedText('key_problem', credentials.problem ?? '', credentials.problem_detail)}</Amber>;
  if (state === 'missing')
    return required || isAskedFor ? (
      <p className="text-warn">{required ? t.missing : t.askedFor}</p>
    ) : (
      <p className="text-ink-soft">{t.notNeeded}</p>
    );
  if (state === 'other_origin') return <Amber>{t.otherOrigin(origin ?? '', base)}</Amber>;
  if (credentials.locked_by === 'key') return <Amber locked>{t.lockedKey}</Amber>;
  const keyring = store === 'session' ? t.aKeyring : store;
  return <Amber locked>{host === 'desktop' ? t.lockedStore(keyring) : t.lockedPassphrase}</Amber>;
}

function storedWhere(state: 'ready' | 'sealed', source: string | null, store: string): string {
  if (source === 'metadata') return t.ofAdapter;
  if (source !== null && source !== 'store') return t.from(source);
  if (store === 'session') return t.keptForSession;
  return state === 'sealed' ? t.sealed(store) : t.kept(store);
}

/** Shown beside the field if a saved key would not outlast the process. */
export function SessionOnly({ host, variable }: Pick<KeyStatusProps, 'host'> & { variable: string }) {
  return (
    <Amber>
      {host === 'desktop' ? t.noKeyring : t.noPassphrase}{' '}
      <span className="inline-flex flex-wrap items-center gap-x-1">
        <code className="num wrap-anywhere">{variable}</code>
        <CopyButton text={variable} label={t.copyVariable} />
      </span>
    </Amber>
  );
}

function Amber({ locked = false, children }: { locked?: boolean; children: ReactNode }) {
  const Icon = locked ? LockKeyhole : TriangleAlert;
  return (
    <p className="flex gap-2 rounded-md bg-warn-soft px-2.5 py-1.5">
      <Icon size={13} aria-hidden="true" className="mt-0.75 shrink-0 text-warn" />
      <span className="min-w-0">{children}</span>
    </p>
  );
}
