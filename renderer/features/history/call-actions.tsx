import { Columns2, FlaskConical, RotateCcw } from 'lucide-react';
import type { CallDetail } from '../../../contract/call-log.ts';
import { historyMessages } from '../../messages/history-messages.ts';
import { openOnBench } from '../../state/bench-handoff.ts';
import { useCommands } from '../../state/commands.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { handoffOf } from './to-bench.ts';
import { planReplay } from './replay/replay-store.ts';

const words = historyMessages.history;

/** What can be done with a call of the log. */
export function CallActions({ call }: { call: CallDetail }) {
  const { id, request, bodies, provider, model } = call;
  const noReplay = request ? undefined : bodies ? words.notWhole : words.notKept;
  const noModel = provider === null || model === null ? words.noModel : undefined;
  const replay = () => void planReplay(id);
  const open = () => openOnBench(handoffOf(call));
  const compare = () => openOnBench({ target: { provider, model, preset: null }, asColumn: true });
  useShortcut('run', replay, request !== null);
  useCommands([
    {
      id: 'history.replay',
      label: words.replay,
      group: words.group,
      shortcut: 'run',
      unavailable: noReplay,
      run: replay,
    },
    { id: 'history.open', label: words.openOnBench, group: words.group, run: open },
    { id: 'history.compare', label: words.compare, group: words.group, unavailable: noModel, run: compare },
  ]);
  return (
    <div role="group" aria-label={words.actions} className="flex flex-wrap gap-1.5">
      <Button disabled={noReplay !== undefined} title={noReplay ?? words.replayHelp} onClick={replay}>
        <RotateCcw size={13} aria-hidden="true" />
        {words.replay}
      </Button>
      <Button title={request ? words.openHelp : words.openTargetHelp} onClick={open}>
        <FlaskConical size={13} aria-hidden="true" />
        {words.openOnBench}
      </Button>
      <Button disabled={noModel !== undefined} title={noModel ?? words.compareHelp} onClick={compare}>
        <Columns2 size={13} aria-hidden="true" />
        {words.compare}
      </Button>
    </div>
  );
}
