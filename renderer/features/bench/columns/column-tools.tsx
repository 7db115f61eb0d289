import { Columns2, Diff, SlidersHorizontal, Trophy } from 'lucide-react';
import { knownAnswer } from '../../../api/query-client.ts';
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
import { contestantsOf } from './contestants-of.ts';
import { modelToSend } from './installed-default.ts';

const t = messages.bench;

/** Opens a new trial that compares the models of all columns on a set of texts. */
async function compareOnSet(): Promise<void> {
  const targets = columnsNow().map(({ target }) => target);
  const registry = knownAnswer('registry.get');
  const contestants = registry
    ? await contestantsOf(targets, registry, (target) => modelToSend(target, false))
    : [];
  openTrials(targets[0]?.module ?? null, contestants);
}

/** The buttons for comparing: word differences, a trial of the columns' models, preset settings, a new column. */
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
      <IconButton icon={Trophy} label={messages.frame.openTrials} onClick={() => void compareOnSet()} />
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
