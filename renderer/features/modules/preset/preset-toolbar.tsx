import { Download } from 'lucide-react';
import { modulesMessages } from '../../../messages/modules-messages.ts';
import { Button } from '../../../ui/button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { exportPresets } from '../exchange/export-presets.ts';
import { presetChoices, type PresetState } from './preset-choices.ts';

const t = modulesMessages.preset;

interface PresetToolbarProps {
  label: string;
  state: PresetState;
}

/** The actions on a whole preset. */
export function PresetToolbar({ label, state }: PresetToolbarProps) {
  const { module, preset, unsaved } = state;
  return (
    <div role="group" aria-label={t.actions} className="flex flex-wrap gap-1.5">
      {presetChoices(state).map(({ label: name, help, unavailable, run }) => (
        <Button key={name} disabled={unavailable !== undefined} title={unavailable ?? help} onClick={run}>
          {name}
        </Button>
      ))}
      <Menu
        label={t.exportIt}
        icon={Download}
        items={[
          {
            label: t.exportPreset,
            unavailable: unsaved ? t.saveFirst : undefined,
            onSelect: () => void exportPresets({ scope: 'preset', module, id: preset.id }),
          },
          {
            label: t.exportModule(label),
            onSelect: () => void exportPresets({ scope: 'module', module }),
          },
          { label: t.exportAll, onSelect: () => void exportPresets({ scope: 'everything' }) },
        ]}
      />
    </div>
  );
}
