import { Columns2, Diff, SlidersHorizontal, Trophy } from 'lucide-react';
import type { Contestant } from '../../../../contract/trials.ts';
import { messages } from '../../../messages.ts';
import { useShortcut } from '../../../state/shortcuts.ts';
import { openTrials } from '../../../state/trial-contestants.ts';
import { clsx } from 'clsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import {
  addColumn,
  columnsNow,
  maxColumns,
  toggleDifferences,
  togglePresetSettings,
  useAllColumns,
  useColumns,
} from './columns.ts';

const t = messages.bench;

/** The models of all columns, compared on a set of texts. */
function compareOnSet(): void {
  const columns = columnsNow();
  const contestants = columns.flatMap(({ target: { provider, model, preset } }): Contestant[] =>
    preset !== null ? [{ preset }] : provider !== null && model !== null ? [{ provider, model }] : [],
  );
  openTrials(columns[0]?.target.module ?? null, contestants);
}

/** Adds a column, and marks the words that differ from the first one's. */
export function ColumnTools() {
  const count = useAllColumns().length;
  const differences = useColumns((state) => state.differences);
  const settings = useColumns((state) => state.presetSettings);
  const full = count >= maxColumns;
  useShortcut('addColumn', () => addColumn(), !full);
  return (
    <>
      {count > 1 && (
        <IconButton
          icon={Diff}
          label={t.differences}
          aria-pressed={differences}
          onClick={toggleDifferences}
          className={clsx(differences && 'bg-accent-soft text-accent-strong')}
        />
      )}
      <IconButton icon={Trophy} label={messages.frame.openTrials} onClick={compareOnSet} />
      {count > 1 && (
        <IconButton
          icon={SlidersHorizontal}
          label={messages.bench.presetSettings}
          aria-pressed={settings}
          onClick={togglePresetSettings}
          className={clsx(settings && 'bg-accent-soft text-accent-strong')}
        />
      )}
      <IconButton
        icon={Columns2}
        label={t.addColumn}
        shortcut="addColumn"
        disabled={full}
        title={full ? t.columnsFull(maxColumns) : undefined}
        onClick={() => addColumn()}
      />
    </>
  );
}
