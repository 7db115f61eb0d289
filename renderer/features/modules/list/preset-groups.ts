import type { PresetForms } from '../../../../contract/user-preset.ts';

export type PresetOrigin = PresetForms['origin'];

const origins: readonly PresetOrigin[] = ['built-in', 'shortlist-2024-10', 'successor', 'local', 'user'];

export interface PresetGroup {
  origin: PresetOrigin;
  presets: PresetForms[];
}

/** The presets by where they come from, each group in the order of rank; empty groups are left out. */
export function presetGroups(
  presets: readonly PresetForms[],
  matches: (preset: PresetForms) => boolean,
): PresetGroup[] {
  return origins
    .map((origin) => ({
      origin,
      presets: presets.filter((preset) => preset.origin === origin && matches(preset)),
    }))
    .filter((group) => group.presets.length > 0);
}

/** The presets in the order of the list, which goes by origin before rank. */
export function inListOrder(presets: readonly PresetForms[]): PresetForms[] {
  return presetGroups(presets, () => true).flatMap((group) => group.presets);
}

/** The preset `step` places away in the order of the list; the same one at either end. */
export function neighbourOf(presets: readonly PresetForms[], id: string, step: 1 | -1): string {
  const ids = inListOrder(presets).map((preset) => preset.id);
  return ids[ids.indexOf(id) + step] ?? id;
}

/** Every word of the filter is somewhere in the preset's id, model or provider, or in its module's name. */
export function matchesFilter({ id, current }: PresetForms, moduleLabel: string, filter: string): boolean {
  const text = `${moduleLabel} ${id} ${current.model} ${current.provider}`.toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
