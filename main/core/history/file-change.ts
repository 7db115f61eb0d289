import { isDeepStrictEqual } from 'node:util';
import type { PresetSettings, UserPreset, UserPresetFile } from '../../../contract/user-preset.ts';
import { AppError } from '../lib/app-error.ts';

/** The effect of a change on one item in a module's file; undefined if the item does not exist. */
export type FileChange =
  | { what: 'active'; before: string | null; after: string | null }
  | { what: 'preset'; id: string; at: number; before: UserPreset | undefined; after: UserPreset | undefined }
  | { what: 'edit'; id: string; before: PresetSettings | undefined; after: PresetSettings | undefined };

const byId = (file: UserPresetFile) => new Map(file.presets.map((preset) => [preset.id, preset]));
const same = isDeepStrictEqual;

/** The differences between two states of a file. */
export function changesBetween(before: UserPresetFile, after: UserPresetFile): FileChange[] {
  const out: FileChange[] = [];
  const [oldPresets, newPresets] = [byId(before), byId(after)];
  for (const id of new Set([...oldPresets.keys(), ...newPresets.keys()])) {
    const [was, is] = [oldPresets.get(id), newPresets.get(id)];
    const at = before.presets.findIndex((preset) => preset.id === id);
    if (!same(was, is)) out.push({ what: 'preset', id, at, before: was, after: is });
  }
  for (const id of new Set([...Object.keys(before.edits), ...Object.keys(after.edits)])) {
    const [was, is] = [before.edits[id], after.edits[id]];
    if (!same(was, is)) out.push({ what: 'edit', id, before: was, after: is });
  }
  if (before.active !== after.active)
    out.push({ what: 'active', before: before.active, after: after.active });
  return out;
}

function presetsWith(
  presets: UserPreset[],
  { id, at, before }: Extract<FileChange, { what: 'preset' }>,
): UserPreset[] {
  const there = presets.findIndex((preset) => preset.id === id);
  if (!before) return presets.filter((preset) => preset.id !== id);
  return there < 0 ? presets.toSpliced(at, 0, before) : presets.with(there, before);
}

function valueNow(file: UserPresetFile, change: FileChange): unknown {
  if (change.what === 'active') return file.active;
  return change.what === 'preset' ? byId(file).get(change.id) : file.edits[change.id];
}

/**
 * The file with the changes undone; later changes to other items stay.
 * @throws AppError `invalid_request` if one of the items has been changed again since
 */
export function undoChange(file: UserPresetFile, changes: readonly FileChange[]): UserPresetFile {
  const stale = changes.find((change) => !same(valueNow(file, change), change.after));
  if (stale) {
    const changed = stale.what === 'active' ? 'the active preset' : `"${stale.id}"`;
    throw new AppError('invalid_request', `${changed} was changed again since; undo that first`);
  }
  let out = file;
  for (const change of changes) {
    if (change.what === 'active') out = { ...out, active: change.before };
    else if (change.what === 'preset') out = { ...out, presets: presetsWith(out.presets, change) };
    else {
      const { [change.id]: _edit, ...others } = out.edits;
      out = { ...out, edits: change.before ? { ...others, [change.id]: change.before } : others };
    }
  }
  return out;
}
