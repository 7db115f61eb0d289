import type { ModulePresets, PresetForms, PresetSettings } from '../../../../contract/user-preset.ts';
import { modulesMessages } from '../../../messages/modules-messages.ts';
import type { SelectGroup } from '../../../ui/select.tsx';

const t = modulesMessages.preset;

export interface DiffBase {
  value: string;
  label: string;
  settings: PresetSettings;
}

interface DiffBases {
  /** The default comparison: the shipped form if there is one, else the saved form. */
  first: DiffBase;
  all: readonly DiffBase[];
  groups: SelectGroup[];
}

/** What a preset can be compared with: its shipped form, its saved form, and the module's other presets. */
export function diffBases(presets: ModulePresets, preset: PresetForms, saved: PresetSettings): DiffBases {
  const asSaved = { value: 'saved', label: t.saved, settings: saved };
  const shipped = preset.shipped ? [{ value: 'shipped', label: t.shipped, settings: preset.shipped }] : [];
  const others = presets.presets
    .filter(({ id }) => id !== preset.id)
    .map(({ id, current }) => ({ value: `preset ${id}`, label: id, settings: current }));
  const option = ({ value, label }: DiffBase) => ({ value, label });
  return {
    first: shipped[0] ?? asSaved,
    all: [...shipped, asSaved, ...others],
    groups: [
      { options: [...shipped, asSaved].map(option) },
      { label: presets.label, options: others.map(option) },
    ],
  };
}
