import type { LucideIcon } from 'lucide-react';
import { Columns2, FlaskConical, RotateCcw } from 'lucide-react';
import type { CallDetail } from '../../../contract/call-log.ts';
import { historyMessages } from '../../messages/history-messages.ts';
import { openOnBench } from '../../state/bench-handoff.ts';
import { useCommands } from '../../state/commands.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { handoffOf } from './to-bench.ts';
import { planReplay } from './replay/replay-store.ts';

const t = historyMessages.history;

interface CallAction {
  id: 'replay' | 'open' | 'compare';
  icon: LucideIcon;
  label: string;
  help: string;
  /** Why the action is not available. */
  unavailable: string | undefined;
  run: () => void;
}

/** The actions on a logged call; the same in the inspector, the palette and the row's menu. */
export function callActions(call: CallDetail): CallAction[] {
  const { id, request, bodies, provider, model } = call;
  return [
    {
      id: 'replay',
      icon: RotateCcw,
      label: t.replay,
      help: t.replayHelp,
      unavailable: request ? undefined : bodies ? t.notWhole : t.notKept,
      run: () => void planReplay(id),
    },
    {
      id: 'open',
      icon: FlaskConical,
      label: t.openOnBench,
      help: request ? t.openHelp : t.openTargetHelp,
      unavailable: undefined,
      run: () => openOnBench(handoffOf(call)),
    },
    {
      id: 'compare',
      icon: Columns2,
      label: t.compare,
      help: t.compareHelp,
      unavailable: provider === null || model === null ? t.noModel : undefined,
      run: () => openOnBench({ target: { provider, model, preset: null }, asColumn: true }),
    },
  ];
}

/** The same actions as buttons. */
export function CallActions({ call }: { call: CallDetail }) {
  const actions = callActions(call);
  useShortcut('run', () => void planReplay(call.id), call.request !== null);
  useCommands(
    actions.map(({ id, label, unavailable, run }) => ({
      id: `history.${id}`,
      label,
      group: t.group,
      unavailable,
      run,
      ...(id === 'replay' ? { shortcut: 'run' as const } : {}),
    })),
  );
  return (
    <div role="group" aria-label={t.actions} className="flex flex-wrap gap-1.5">
      {actions.map(({ id, icon: Icon, label, help, unavailable, run }) => (
        <Button key={id} disabled={unavailable !== undefined} title={unavailable ?? help} onClick={run}>
          <Icon size={13} aria-hidden="true" />
          {label}
        </Button>
      ))}
    </div>
  );
}
