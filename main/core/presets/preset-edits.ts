import { isDeepStrictEqual } from 'node:util';
import type { PresetEntry } from '../../../contract/module-preset.ts';
import type { PresetSettings, UserPreset, UserPresetFile } from '../../../contract/user-preset.ts';
import { settingsOf } from '../../../contract/preset-settings.ts';
import { AppError } from '../lib/app-error.ts';
import type { Module } from '../registry/model/model.ts';

export function without<T>(record: Readonly<Record<string, T>>, id: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== id));
}

export function ownIn(file: UserPresetFile, id: string): UserPreset | undefined {
  return file.presets.find((preset) => preset.id === id);
}

export function editIn(file: UserPresetFile, id: string): PresetSettings | undefined {
  return Object.hasOwn(file.edits, id) ? file.edits[id] : undefined;
}

export function shippedIn(shipped: Module | undefined, id: string): PresetEntry | undefined {
  return shipped?.shortlist.find((entry) => entry.id === id);
}

/** Only this edit, as exported. */
export function onlyEdit(file: UserPresetFile, id: string): UserPresetFile['edits'] {
  const edit = editIn(file, id);
  return edit ? { [id]: edit } : {};
}

/** Ids that a new preset of the module cannot use. */
export function takenIds(shipped: Module | undefined, file: UserPresetFile): Set<string> {
  return new Set([...(shipped?.shortlist ?? []), ...file.presets].map(({ id }) => id));
}

/** @throws AppError `id_taken` */
export function checkFree(shipped: Module | undefined, file: UserPresetFile, id: string): void {
  if (takenIds(shipped, file).has(id))
    throw new AppError('id_taken', `"${id}" is the id of another preset of this module`, { id });
}

/** The file with an edit of a shipped preset, or without one if the settings equal the shipped ones. */
export function withEdit(file: UserPresetFile, entry: PresetEntry, settings: PresetSettings): UserPresetFile {
  if (isDeepStrictEqual(settingsOf(entry), settings))
    return { ...file, edits: without(file.edits, entry.id) };
  return { ...file, edits: { ...file.edits, [entry.id]: settings } };
}

/** Replaces the user's own preset `id`; if it is active, the choice follows its new id. */
export function withOwn(file: UserPresetFile, id: string, preset: UserPreset): UserPresetFile {
  const presets = file.presets.map((old) => (old.id === id ? preset : old));
  return { ...file, presets, active: file.active === id ? preset.id : file.active };
}
