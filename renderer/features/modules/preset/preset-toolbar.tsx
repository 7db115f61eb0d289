import { Download } from 'lucide-react';
import type { PresetForms } from '../../../../contract/user-preset.ts';
import { modulesMessages } from '../../../messages/modules-messages.ts';
import { Button } from '../../../ui/button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { exportPresets } from '../exchange/export-presets.ts';
import { openPreset } from '../selection.ts';
import { activatePreset, duplicatePreset, removePreset, resetPreset } from '../preset-actions.ts';

const t = modulesMessages.preset;

interface PresetToolbarProps {
  module: { name: string; label: string };
  preset: PresetForms;
  isActive: boolean;
  /** The user chose the active one: it can be left to the product again. */
  isChosen: boolean;
  unsaved: boolean;
  /** What is shown once this preset is deleted. */
  next: string | null;
  /** The preset that stands in for this one. */
  standIn: PresetForms | undefined;
  onTry: () => void;
  onRename: () => void;
}

/** What can be done with a preset as a whole. */
export function PresetToolbar(props: PresetToolbarProps) {
  const { module, preset, isActive, isChosen, unsaved, next, standIn, onTry, onRename } = props;
  const at = { module: module.name, id: preset.id };
  const { status } = preset.current.lifecycle;
  const gone = status === 'retired' || status === 'never_released';
  const cannotServe = isActive
    ? t.servesAlready
    : gone
      ? t.cannotServe(preset.current.model)
      : unsaved
        ? t.saveFirst
        : undefined;
  const own = preset.shipped === null;
  const atShipped = !preset.dirty && !unsaved ? t.nothingToReset : undefined;
  return (
    <div role="group" aria-label={t.actions} className="flex flex-wrap gap-1.5">
      <Button
        disabled={cannotServe !== undefined}
        title={cannotServe}
        onClick={() => void activatePreset(module.name, preset.id)}
      >
        {t.makeActive}
      </Button>
      {isActive && isChosen && (
        <Button title={t.leaveToDefaultTitle} onClick={() => void activatePreset(module.name, null)}>
          {t.leaveToDefault}
        </Button>
      )}
      {standIn && (
        <Button onClick={() => openPreset(module.name, standIn.id)}>
          {t.openSuccessor(standIn.current.model)}
        </Button>
      )}
      <Button onClick={onTry}>{t.tryOnBench}</Button>
      <Button
        disabled={unsaved}
        title={unsaved ? t.saveFirst : undefined}
        onClick={() => void duplicatePreset(at)}
      >
        {t.duplicate}
      </Button>
      <Button disabled={!own} title={own ? undefined : t.renameShipped} onClick={onRename}>
        {t.rename}
      </Button>
      {own ? (
        <Button onClick={() => void removePreset(at, next)}>{t.remove}</Button>
      ) : (
        <Button disabled={atShipped !== undefined} title={atShipped} onClick={() => void resetPreset(at)}>
          {t.reset}
        </Button>
      )}
      <Menu
        label={t.exportIt}
        icon={Download}
        items={[
          {
            label: t.exportPreset,
            unavailable: unsaved ? t.saveFirst : undefined,
            onSelect: () => void exportPresets({ scope: 'preset', ...at }),
          },
          {
            label: t.exportModule(module.label),
            onSelect: () => void exportPresets({ scope: 'module', module: module.name }),
          },
          { label: t.exportAll, onSelect: () => void exportPresets({ scope: 'everything' }) },
        ]}
      />
    </div>
  );
}
