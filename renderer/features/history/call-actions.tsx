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

/** What can be done with a call of the log. */
export function CallActions({ call }: { call: CallDetail }) {
  const { id, request, bodies, provider, model } = call;
  const noReplay = request ? undefined : bodies ? t.notWhole : t.notKept;
  const noModel = provider === null || model === null ? t.noModel : undefined;
  const replay = () => void planReplay(id);
  const open = () => openOnBench(handoffOf(call));
  const compare = () => openOnBench({ target: { provider, model, preset: null }, asColumn: true });
  useShortcut('run', replay, request !== null);
  useCommands([
    {
      id: 'history.replay',
      label: t.replay,
      group: t.group,
      shortcut: 'run',
      unavailable: noReplay,
      run: replay,
    },
    { id: 'history.open', label: t.openOnBench, group: t.group, run: open },
    { id: 'history.compare', label: t.compare, group: t.group, unavailable: noModel, run: compare },
  ]);
  return (
    <div role="group" aria-label={t.actions} className="flex flex-wrap gap-1.5">
      <Button disabled={noReplay !== undefined} title={noReplay ?? t.replayHelp} onClick={replay}>
        <RotateCcw size={13} aria-hidden="true" />
        {t.replay}
      </Button>
      <Button title={request ? t.openHelp : t.openTargetHelp} onClick={open}>
        <FlaskConical size={13} aria-hidden="true" />
        {t.openOnBench}
      </Button>
      <Button disabled={noModel !== undefined} title={noModel ?? t.compareHelp} onClick={compare}>
        <Columns2 size={13} aria-hidden="true" />
        {t.compare}
      </Button>
    </div>
  );
}
