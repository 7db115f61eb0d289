import type { PresetEntry } from '../../../../contract/module-preset.ts';
import type { PresetSettings, UserPresetFile } from '../../../../contract/user-preset.ts';
import type { Module } from '../model/model.ts';

/** A shipped preset with the user's edit: its position stays, its settings are replaced as a whole. */
export function edited({ id, rank, origin, replaces }: PresetEntry, settings: PresetSettings): PresetEntry {
  return { id, rank, origin, ...(replaces === undefined ? {} : { replaces }), ...settings };
}

function applyModuleOverrides(module: Module, file: UserPresetFile, warn: (text: string) => void): Module {
  const shippedIds = new Set(module.shortlist.map(({ id }) => id));
  const ownIds = new Set(file.presets.map(({ id }) => id));
  for (const id of Object.keys(file.edits))
    if (!shippedIds.has(id)) warn(`the edit of "${id}" is not used: that preset no longer ships`);
  for (const id of ownIds) if (shippedIds.has(id)) warn(`"${id}" now ships too; your own preset replaces it`);

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
  warn(`the active preset "${file.active}" does not exist; the default is used`);
  return { ...module, shortlist };
}

/**
 * Applies the user's presets, edits and choices to the modules. Entries that match no preset are named in
 * `warnings`.
 */
export function applyOverrides(
  modules: ReadonlyMap<string, Module>,
  files: ReadonlyMap<string, UserPresetFile>,
  warnings: string[],
): Map<string, Module> {
  const out = new Map(modules);
  for (const [name, file] of files) {
    const warn = (text: string) => warnings.push(`presets of ${name}: ${text}`);
    const module = modules.get(name);
    if (module) out.set(name, applyModuleOverrides(module, file, warn));
    else warn('no module has this name; they are ignored');
  }
  return out;
}
