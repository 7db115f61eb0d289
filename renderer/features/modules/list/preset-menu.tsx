import type { ModulePresets } from '../../../../contract/user-preset.ts';
import { modulesMessages } from '../../../messages/modules-messages.ts';
import { MenuItems } from '../../../ui/menu-items.tsx';
import { draftKey, presetDrafts } from '../drafts/drafts.ts';
import { exportPresets } from '../exchange/export-presets.ts';
import { tryOnBench } from '../preset-actions.ts';
import { presetChoices } from '../preset/preset-choices.ts';
import { openPreset, setRenaming } from '../selection.ts';
import { neighbourOf } from './preset-groups.ts';

interface PresetMenuProps {
  presets: ModulePresets;
  id: string;
  /** The preset on screen, if it belongs to this module. */
  selected: string | null;
}

/** The menu of a row: the actions of the preset's page. */
export function PresetMenu({ presets, id, selected }: PresetMenuProps) {
  const { module, active, chosen, presets: all } = presets;
  const t = modulesMessages.preset;
  const draft = presetDrafts.useDrafts(({ byKey }) => byKey[draftKey(module, id)]);
  const preset = all.find((one) => one.id === id);
  if (!preset) return null;
  const next = neighbourOf(all, id, -1);
  const choices = presetChoices({
    module,
    preset,
    isActive: active === id,
    isChosen: chosen === id,
    unsaved: draft !== undefined,
    // If another preset is on screen, it stays there.
    next: selected === id && next !== id ? next : null,
    standIn: all.find(({ current }) => current.replaces === id),
    onTry: () => tryOnBench(module, preset, draft?.settings ?? null),
    onRename: () => {
      openPreset(module, id);
      setRenaming({ module, id }, true);
    },
  });
  return (
    <MenuItems
      items={[
        ...choices.map(({ label, unavailable, run }) => ({ label, unavailable, onSelect: run })),
        {
          label: t.exportOne,
          unavailable: draft ? t.saveFirst : undefined,
          onSelect: () => void exportPresets({ scope: 'preset', module, id }),
        },
      ]}
    />
  );
}
