import { Columns2, Diff, SlidersHorizontal } from 'lucide-react';
import { messages } from '../../../messages.ts';
import { useShortcut } from '../../../state/shortcuts.ts';
import { classNames } from '../../../ui/class-names.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import {
  addColumn,
  maxColumns,
  toggleDifferences,
  togglePresetSettings,
  useAllColumns,
  useColumns,
} from './columns.ts';

const words = messages.bench;

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
          label={words.differences}
          aria-pressed={differences}
          onClick={toggleDifferences}
          className={classNames(differences && 'bg-accent-soft text-accent-strong')}
        />
      )}
      {count > 1 && (
        <IconButton
          icon={SlidersHorizontal}
          label={messages.bench.presetSettings}
          aria-pressed={settings}
          onClick={togglePresetSettings}
          className={classNames(settings && 'bg-accent-soft text-accent-strong')}
        />
      )}
      <IconButton
        icon={Columns2}
        label={words.addColumn}
        shortcut="addColumn"
        disabled={full}
        title={full ? words.columnsFull(maxColumns) : undefined}
        onClick={() => addColumn()}
      />
    </>
  );
}
