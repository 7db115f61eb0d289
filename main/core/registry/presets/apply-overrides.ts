import type { PresetEntry } from '../../../../contract/module-preset.ts';
import type { PresetSettings, UserPresetFile } from '../../../../contract/user-preset.ts';
import { notice, type Notice } from '../../lib/notice.ts';
import type { Module } from '../model/model.ts';

/** A shipped preset with the user's edit: its position stays, its settings are replaced as a whole. */
export function edited({ id, rank, origin, replaces }: PresetEntry, settings: PresetSettings): PresetEntry {
  return { id, rank, origin, ...(replaces === undefined ? {} : { replaces }), ...settings };
}

function applyModuleOverrides(module: Module, file: UserPresetFile, warnings: Notice[]): Module {
  const { name } = module;
  const of = `presets of ${name}`;
  const shippedIds = new Set(module.shortlist.map(({ id }) => id));
  const ownIds = new Set(file.presets.map(({ id }) => id));
  for (const id of Object.keys(file.edits))
    if (!shippedIds.has(id)) {
      const message = `${of}: the edit of "${id}" is not used: that preset no longer ships`;
      warnings.push(notice('edit_without_preset', { module: name, preset: id }, message));
    }
  for (const id of ownIds)
    if (shippedIds.has(id)) {
      const message = `${of}: "${id}" now ships too; your own preset replaces it`;
      warnings.push(notice('preset_ships_now', { module: name, preset: id }, message));
    }

  const shipped = module.shortlist
    .filter(({ id }) => !ownIds.has(id))
    .map((entry) => {
      const settings = Object.hasOwn(file.edits, entry.id) ? file.edits[entry.id] : undefined;
      return settings ? edited(entry, settings) : entry;
    });
  const last = Math.max(0, ...module.shortlist.map(({ rank }) => rank));
  const own = file.presets.map((preset, at): PresetEntry => ({
    ...preset,
    rank: last + at + 1,
    origin: 'user',
  }));
  const shortlist = [...shipped, ...own];

  if (file.active === null) return { ...module, shortlist };
  if (shortlist.some(({ id }) => id === file.active))
    return { ...module, shortlist, active: file.active, override: null };
  const message = `${of}: the active preset "${file.active}" does not exist; the default is used`;
  warnings.push(notice('active_preset_missing', { module: name, preset: file.active }, message));
  return { ...module, shortlist };
}

/**
 * Applies the user's presets, edits and choices to the modules. Entries that match no preset are named in
 * `warnings`.
 */
export function applyOverrides(
  modules: ReadonlyMap<string, Module>,
  files: ReadonlyMap<string, UserPresetFile>,
  warnings: Notice[],
): Map<string, Module> {
  const out = new Map(modules);
  for (const [name, file] of files) {
    const module = modules.get(name);
    if (module) out.set(name, applyModuleOverrides(module, file, warnings));
    else {
      const message = `presets of ${name}: no module has this name; they are ignored`;
      warnings.push(notice('presets_without_module', { module: name }, message));
    }
  }
  return out;
}
