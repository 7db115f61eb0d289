import type { PresetForms } from '../../../../contract/user-preset.ts';

export type PresetOrigin = PresetForms['origin'];

/** In display order: presets that work today come before the shortlist of 2024. */
const origins: readonly PresetOrigin[] = ['user', 'built-in', 'successor', 'local', 'shortlist-2024-10'];

function isRetired({ origin, current }: PresetForms): boolean {
  const { status } = current.lifecycle;
  return origin !== 'user' && (status === 'retired' || status === 'never_released');
}

export interface PresetGroup {
  /** `retired`: shipped presets whose model no longer answers. */
  origin: PresetOrigin | 'retired';
  presets: PresetForms[];
}

/** The working presets grouped by origin, in the given order, then the retired ones. Empty groups are left out. */
export function presetGroups(
  presets: readonly PresetForms[],
  matches: (preset: PresetForms) => boolean,
): PresetGroup[] {
  const found = presets.filter(matches);
  const groups: PresetGroup[] = origins.map((origin) => ({
    origin,
    presets: found.filter((preset) => preset.origin === origin && !isRetired(preset)),
  }));
  groups.push({ origin: 'retired', presets: found.filter(isRetired) });
  return groups.filter((group) => group.presets.length > 0);
}

/** The presets in the order of the list: by origin, then by rank. */
export function inListOrder(presets: readonly PresetForms[]): PresetForms[] {
  return presetGroups(presets, () => true).flatMap((group) => group.presets);
}

/** The preset `step` positions away in the list; the same preset at either end. */
export function neighbourOf(presets: readonly PresetForms[], id: string, step: 1 | -1): string {
  const ids = inListOrder(presets).map((preset) => preset.id);
  return ids[ids.indexOf(id) + step] ?? id;
}

/** Whether every word of the filter is in the preset's id, model or provider, or in its module's name. */
export function matchesFilter({ id, current }: PresetForms, moduleLabel: string, filter: string): boolean {
  const text = `${moduleLabel} ${id} ${current.model} ${current.provider}`.toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
