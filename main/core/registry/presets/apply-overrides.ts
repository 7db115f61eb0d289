import type { PresetEntry } from '../../../../contract/module-preset.ts';
import type { PresetSettings, UserPresetFile } from '../../../../contract/user-preset.ts';
import type { Module } from '../model/model.ts';

/** A shipped preset as the user wants it: its place stays, what it sets is replaced as a whole. */
export function edited({ id, rank, origin, replaces }: PresetEntry, settings: PresetSettings): PresetEntry {
  return { id, rank, origin, ...(replaces === undefined ? {} : { replaces }), ...settings };
}

function applyModuleOverrides(module: Module, file: UserPresetFile, warn: (text: string) => void): Module {
  const shippedIds = new Set(module.shortlist.map(({ id }) => id));
  const ownIds = new Set(file.presets.map(({ id }) => id));
  for (const id of Object.keys(file.edits))
    if (!shippedIds.has(id)) warn(`the edit of "${id}" has no place: that preset no longer ships`);
  for (const id of ownIds)
    if (shippedIds.has(id)) warn(`"${id}" ships now too; your own stands in its place`);

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
  warn(`the active preset "${file.active}" is not there; the default serves`);
  return { ...module, shortlist };
}

/** The modules with the user's presets, edits and choices over them. What matches no preset is named in `warnings`. */
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
    else warn('no module has this name; they are left out');
  }
  return out;
}
