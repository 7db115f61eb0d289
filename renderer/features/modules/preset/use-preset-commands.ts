import type { Change, PresetForms } from '../../../../contract/user-preset.ts';
import { changeText } from '../../../api/coded-text.ts';
import { modulesMessages } from '../../../messages/modules-messages.ts';
import { useCommands } from '../../../state/commands.ts';
import type { PresetRef } from '../preset-actions.ts';
import { undoChange } from '../undo-change.ts';
import { activatePreset, discardDraft, duplicatePreset, resetPreset } from '../preset-actions.ts';

const t = modulesMessages.preset;

interface PresetCommandsInput {
  at: PresetRef;
  preset: PresetForms;
  /** The last change that can be undone. */
  last: Change | undefined;
  unsaved: boolean;
  cannotSave: string | null;
  save: () => void;
  tryIt: () => void;
  rename: () => void;
  create: () => void;
  openTab: (tab: string) => void;
}

/** The palette's commands for the preset on screen. */
export function usePresetCommands(input: PresetCommandsInput): void {
  const { at, preset, last, unsaved, cannotSave, save, tryIt, rename, create, openTab } = input;
  const group = modulesMessages.modules.title;
  const command = (id: string, label: string, run: () => void, unavailable?: string) => ({
    id: `preset.${id}`,
    label: `${label} · ${at.id}`,
    group,
    run,
    unavailable,
  });
  const nothingToSave = unsaved ? undefined : t.nothingToSave;
  useCommands([
    { ...command('save', t.save, save, nothingToSave ?? cannotSave ?? undefined), shortcut: 'save' },
    command('discard', t.discard, () => discardDraft(at), nothingToSave),
    command('activate', t.makeActive, () => void activatePreset(at.module, at.id)),
    command('try', t.tryOnBench, tryIt),
    command('duplicate', t.duplicate, () => void duplicatePreset(at), unsaved ? t.saveFirst : undefined),
    { ...command('diff', t.diff, () => openTab('diff')), shortcut: 'diff' },
    preset.shipped === null
      ? { ...command('rename', t.rename, rename), shortcut: 'rename' }
      : command('reset', t.reset, () => void resetPreset(at), preset.dirty ? undefined : t.nothingToReset),
    ...(last
      ? [
          {
            id: 'preset.undo',
            label: t.undoChange(changeText(last)),
            group,
            run: () => void undoChange(last),
          },
        ]
      : []),
    { id: 'preset.create', label: modulesMessages.modules.newPreset, group, shortcut: 'create', run: create },
  ]);
}
