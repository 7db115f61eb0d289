import { CircleAlert, CircleDashed, CirclePause, CirclePlay, KeyRound, Undo2 } from 'lucide-react';
import type { BudgetView } from '../../../contract/call-log.ts';
import type { ServerStatus } from '../../../contract/operations/server.ts';
import { errorText } from '../../api/error-text.ts';
import { useOperation } from '../../api/use-operation.ts';
import { messages } from '../../messages.ts';
import { openOverlay } from '../../state/overlay.ts';
import { openPalette } from '../../state/palette.ts';
import { toggleMode, useFrame } from '../../state/frame-store.ts';
import { goTo } from '../../state/view.ts';
import { useTarget } from '../../state/target.ts';
import { clsx } from 'clsx';
import { formatUsd } from '../../ui/format.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { targetWords } from './target-words.ts';

const t = messages.frame;

/** The window's last line: whether the API runs, what would be called, and whether it would cost money. */
export function StatusBar() {
  const status = useOperation('server.status', {});
  const registry = useOperation('registry.get', {});
  const budget = useOperation('budget.get', {});
  const target = useTarget();
  return (
    <footer
      aria-label={t.statusBar}
      className="flex h-6.5 shrink-0 items-center gap-4 border-t border-line bg-panel pl-3 text-sm text-ink-soft"
    >
      <Address status={status.data} />
      <span className="num min-w-0 truncate">{targetWords(target, registry.data)}</span>
      <span className="flex-1" />
      {status.data && (
        <span className="flex min-w-0 items-center gap-1.5" title={t.keysInTitle(storeName(status.data))}>
          <KeyRound size={12} aria-hidden="true" className="shrink-0" />
          <span className="truncate">{t.keysIn(storeName(status.data))}</span>
        </span>
      )}
      {budget.data && (
        <button
          type="button"
          onClick={() => goTo('server', 'spend')}
          title={spendTitle(budget.data)}
          className={clsx(
            'num -mx-2 h-full shrink-0 px-2 transition-colors hover:bg-hover',
            budget.data.spent_today === null && 'text-bad',
          )}
        >
          {budget.data.spent_today === null ? t.ledgerAway : t.spent(formatUsd(budget.data.spent_today))}
        </button>
      )}
      <ChangesButton />
      <button
        type="button"
        onClick={() => openPalette('commands')}
        className="-mx-2 flex h-full shrink-0 items-center px-2 transition-colors hover:bg-hover"
      >
        <span className="sr-only">{messages.palette.open}</span>
        <KeyHint id="palette" />
      </button>
      <ModeButton />
    </footer>
  );
}

function spendTitle({ spent_today: spent, daily, ledger_problem: problem }: BudgetView): string {
  if (spent === null) return t.ledgerAwayTitle(problem ?? '');
  return t.spentTitle(formatUsd(spent), daily === null ? null : formatUsd(daily));
}

function storeName({ key_store: store }: ServerStatus): string {
  return store === 'session' ? t.sessionStore : store;
}

function Address({ status }: { status: ServerStatus | undefined }) {
  const address = status?.listening ?? null;
  const [Icon, colour, text] =
    address !== null
      ? ([CirclePlay, 'text-ok', address] as const)
      : status?.error
        ? ([CircleAlert, 'text-bad', t.notListening] as const)
        : status?.state === 'stopped' || status?.state === 'stopping'
          ? ([CirclePause, 'text-warn', t.stopped] as const)
          : ([CircleDashed, 'text-ink-faint', t.starting] as const);
  return (
    <span
      className="flex shrink-0 items-center gap-1.5"
      title={address !== null ? t.listeningAt(address) : status?.error ? errorText(status.error) : undefined}
    >
      <Icon size={12} aria-hidden="true" className={colour} />
      <span className={clsx(address !== null && 'num')}>{text}</span>
    </span>
  );
}

function ChangesButton() {
  return (
    <button
      type="button"
      aria-label={messages.frame.changes}
      title={messages.frame.changes}
      onClick={() => openOverlay('changes')}
      className="-mx-2 flex h-full shrink-0 items-center px-2 transition-colors hover:bg-hover"
    >
      <Undo2 size={13} aria-hidden="true" />
    </button>
  );
}

function ModeButton() {
  const mode = useFrame((state) => state.mode);
  return (
    <button
      type="button"
      onClick={toggleMode}
      aria-label={`${t.mode}: ${mode === 'live' ? t.live : t.dry}`}
      title={mode === 'live' ? t.liveTitle : t.dryTitle}
      className={clsx(
        'h-full shrink-0 px-3 font-medium -outline-offset-2 transition-colors',
        mode === 'live' ? 'bg-live text-on-live' : 'border-l border-line hover:bg-hover',
      )}
    >
      {mode === 'live' ? t.live : t.dry}
    </button>
  );
}
