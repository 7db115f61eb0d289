import type { PresetForms } from '../../../../contract/user-preset.ts';
import { modulesMessages } from '../../../messages/modules-messages.ts';
import { activatePreset, duplicatePreset, removePreset, resetPreset } from '../preset-actions.ts';
import { openPreset } from '../selection.ts';

export interface PresetState {
  module: string;
  preset: PresetForms;
  isActive: boolean;
  /** The user chose the active preset, so the choice can be undone. */
  isChosen: boolean;
  unsaved: boolean;
  /** The preset to show after this one is deleted. */
  next: string | null;
  /** The preset that replaces this one. */
  standIn: PresetForms | undefined;
  onTry: () => void;
  onRename: () => void;
}

interface PresetChoice {
  label: string;
  help?: string;
  /** Why the action is not available. */
  unavailable?: string | undefined;
  run: () => void;
}

/** The actions on a whole preset; the same as buttons on its page and in its row's menu. */
export function presetChoices(state: PresetState): PresetChoice[] {
  const { module, preset, isActive, isChosen, unsaved, next, standIn, onTry, onRename } = state;
  const t = modulesMessages.preset;
  const at = { module, id: preset.id };
  const { status } = preset.current.lifecycle;
  const isRetired = status === 'retired' || status === 'never_released';
  const cannotServe = isActive
    ? t.servesAlready
    : isRetired
      ? t.cannotServe(preset.current.model)
      : unsaved
        ? t.saveFirst
        : undefined;
  const own = preset.shipped === null;
  const atShipped = !preset.dirty && !unsaved ? t.nothingToReset : undefined;
  return [
    { label: t.makeActive, unavailable: cannotServe, run: () => void activatePreset(module, preset.id) },
    ...(isActive && isChosen
      ? [
          {
            label: t.leaveToDefault,
            help: t.leaveToDefaultTitle,
            run: () => void activatePreset(module, null),
          },
        ]
      : []),
    ...(standIn
      ? [{ label: t.openSuccessor(standIn.current.model), run: () => openPreset(module, standIn.id) }]
      : []),
    { label: t.tryOnBench, run: onTry },
    {
      label: t.duplicate,
      unavailable: unsaved ? t.saveFirst : undefined,
      run: () => void duplicatePreset(at),
    },
    { label: t.rename, unavailable: own ? undefined : t.renameShipped, run: onRename },
    own
      ? { label: t.remove, run: () => void removePreset(at, next) }
      : { label: t.reset, unavailable: atShipped, run: () => void resetPreset(at) },
  ];
}
