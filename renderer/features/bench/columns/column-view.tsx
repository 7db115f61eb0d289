import { Volume2, VolumeOff, X } from 'lucide-react';
import type { RegistryView } from '../../../../contract/operations/registry.ts';
import { messages } from '../../../messages.ts';
import { useFrame } from '../../../state/frame-store.ts';
import { clsx } from 'clsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { useShownRun } from '../run/run-store.ts';
import { RunView } from '../run/run-view.tsx';
import { cancelRuns } from '../run/start-run.ts';
import type { Column } from './columns.ts';
import { isMuted, mainColumn, removeColumn, setActiveColumn, toggleMuted, useColumns } from './columns.ts';
import { DestinationPickers } from './target-pickers.tsx';

const t = messages.bench;

interface ColumnViewProps {
  column: Column;
  /** From the left, starting with 1. */
  number: number;
  registry: RegistryView;
}

/** One column of the comparison: its target and its run. */
export function ColumnView({ column, number, registry }: ColumnViewProps) {
  const { id, target } = column;
  const mode = useFrame((state) => state.mode);
  const active = useColumns((state) => state.active === id);
  const run = useShownRun(id);
  const muted = useColumns((state) => isMuted(id, state));
  const { mute, unmute, mutedHelp } = messages.bench;
  const close = () => {
    cancelRuns(id);
    removeColumn(id);
  };
  return (
    <section
      aria-label={t.column(number)}
      onFocusCapture={() => setActiveColumn(id)}
      onPointerDownCapture={() => setActiveColumn(id)}
      className={clsx(
        // Four columns fit into the narrowest work pane, whatever they contain.
        'flex min-w-0 flex-1 basis-0 flex-col border-l border-line first:border-l-0',
        active && 'bg-panel',
      )}
    >
      <header className={clsx('border-b px-2 py-1.5', active ? 'border-accent' : 'border-line')}>
        <DestinationPickers
          registry={registry}
          column={column}
          tools={
            <>
              <IconButton
                icon={muted ? VolumeOff : Volume2}
                label={muted ? unmute(number) : mute(number)}
                aria-pressed={muted}
                onClick={() => toggleMuted(id)}
              />
              {id !== mainColumn && <IconButton icon={X} label={t.removeColumn(number)} onClick={close} />}
            </>
          }
        />
      </header>
      <div
        tabIndex={0}
        role="group"
        aria-label={t.resultOf(number)}
        className="min-h-0 flex-1 overflow-y-auto"
      >
        {muted && <p className="p-3 text-sm text-ink-faint">{mutedHelp}</p>}
        {!muted && run && <RunView run={run} mode={mode} isStub={target.provider === 'stub'} />}
        {!muted && !run && <p className="p-3 text-sm text-ink-faint">{t.columnEmpty}</p>}
      </div>
    </section>
  );
}
