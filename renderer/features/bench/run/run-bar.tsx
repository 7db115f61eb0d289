import { CornerDownLeft, Send, Square, Telescope } from 'lucide-react';
import type { ReactNode } from 'react';
import { messages } from '../../../messages.ts';
import type { Mode } from '../../../state/frame-store.ts';
import { Button } from '../../../ui/button.tsx';
import { Elapsed } from '../../../ui/elapsed.tsx';
import { KeyHint } from '../../../ui/key-hint.tsx';
import { ModeSwitch } from './mode-switch.tsx';
import type { Run } from './run-store.ts';

const t = messages.bench;

interface RunBarProps {
  mode: Mode;
  isStub: boolean;
  /** The runs in progress. */
  runs: readonly Run[];
  canRun: boolean;
  onRun: () => void;
  onCancel: () => void;
  /** The expected price. */
  price: ReactNode;
  children?: ReactNode;
}

function actionOf(mode: Mode, isStub: boolean) {
  const help = isStub ? t.stubHelp : t.liveHelp;
  if (mode === 'live') return { label: t.send, help, icon: Send, look: 'live' } as const;
  if (isStub) return { label: t.answer, help: t.stubHelp, icon: CornerDownLeft, look: 'primary' } as const;
  return { label: t.plan, help: t.planHelp, icon: Telescope, look: 'primary' } as const;
}

function doingOf({ kind, text }: Run): string {
  if (kind === 'plan') return t.planning;
  return text === '' ? t.sending : t.receiving;
}

/** The one button under the message, and what it will do. */
export function RunBar({ mode, isStub, runs, canRun, onRun, onCancel, price, children }: RunBarProps) {
  const first = runs[0];
  const { label, help, icon: Icon, look } = actionOf(mode, isStub);
  return (
    <div className="@container flex flex-wrap items-center justify-end gap-x-2 gap-y-1 px-3 py-2">
      <p className="min-w-0 flex-1 truncate text-sm text-ink-faint">
        {first ? (
          <Elapsed key={first.id} doing={doingOf(first)} since={first.startedAt} />
        ) : (
          <span className="hidden @3xl:inline">{help}</span>
        )}
      </p>
      {children}
      <ModeSwitch />
      {price}
      {first ? (
        <Button onClick={onCancel}>
          <Square size={11} aria-hidden="true" />
          {t.cancel}
          <KeyHint id="cancel" />
        </Button>
      ) : (
        <Button look={look} onClick={onRun} disabled={!canRun} title={canRun ? undefined : t.nothingToSend}>
          <Icon size={13} aria-hidden="true" />
          {label}
          <KeyHint id="run" onColour />
        </Button>
      )}
    </div>
  );
}
