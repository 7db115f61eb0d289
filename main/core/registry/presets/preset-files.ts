import { join } from 'node:path';
import { userPresetFile, type UserPresetFile } from '../../../../contract/user-preset.ts';
import { AppError } from '../../lib/app-error.ts';
import { jsonTextOver } from '../../lib/files/edit-json.ts';
import { fileName, nameOfFile } from '../../lib/files/file-name.ts';
import { readJson, unreadable } from '../../lib/files/read-json.ts';
import { readFolder } from '../../lib/files/read-text-file.ts';
import { quarantineCopy, replaceFile } from '../../lib/files/replace-file.ts';
import { checkKeys } from '../../lib/check-keys.ts';
import { fieldProblems, problemsText } from '../../lib/validation.ts';
import { migratePresetFile } from './migrate-preset-file.ts';
import { schemaProblem } from './schema-problem.ts';

/** Beyond any real list of presets; a larger file is not even parsed. */
export const maxFileBytes = 4 * 1024 * 1024;

export const emptyPresetFile: UserPresetFile = { version: 1, active: null, presets: [], edits: {} };

export type PresetFileRead =
  | { found: false }
  | { found: true; file: UserPresetFile; text: string }
  | { found: true; problem: string; unreadable: boolean };

/** Where the user's presets are: a file for each module. */
export function presetsFolder(runtimeRoot: string): string {
  return join(runtimeRoot, 'config', 'llm', 'presets');
}

const moduleOfFile = (name: string) => nameOfFile(name.slice(0, -'.json'.length));

/** @throws AppError `invalid_request` for a module whose name cannot be a file's */
export function presetFilePath(runtimeRoot: string, module: string): string {
  if (!/^[a-z0-9][\w-]{0,63}$/i.test(module))
    throw new AppError(
      'invalid_request',
      `presets of "${module.slice(0, 100)}" cannot be kept: its name is no file name`,
    );
  return join(presetsFolder(runtimeRoot), `${fileName(module)}.json`);
}

function repeatedId({ presets }: UserPresetFile): string | undefined {
  const ids = presets.map(({ id }) => id);
  return ids.find((id, at) => ids.indexOf(id) !== at);
}

/** A value as a preset file, migrated and checked, or why it is none. */
export function asPresetFile(value: unknown): { file: UserPresetFile } | { problem: string } {
  const migrated = migratePresetFile(value);
  if ('problem' in migrated) return migrated;
  try {
    checkKeys(migrated.file);
  } catch (error) {
    return { problem: error instanceof AppError ? error.message : String(error) };
  }
  const parsed = userPresetFile.safeParse(migrated.file);
  if (!parsed.success)
    return { problem: problemsText(fieldProblems(parsed.error, userPresetFile).slice(0, 5)) };
  const twice = repeatedId(parsed.data);
  if (twice !== undefined) return { problem: `presets: "${twice}" is there twice` };
  for (const [id, settings] of [
    ...parsed.data.presets.map((p) => [p.id, p] as const),
    ...Object.entries(parsed.data.edits),
  ]) {
    const problem = schemaProblem(settings.schema);
    if (problem) return { problem: `${id}: ${problem}` };
  }
  return { file: parsed.data };
}

/** One module's file as it is on disk. Never throws. */
export function readPresetFile(path: string): PresetFileRead {
  const json = readJson(path, maxFileBytes);
  if (!json.found || 'problem' in json) return json;
  return { found: true, unreadable: false, text: json.text, ...asPresetFile(json.value) };
}

/**
 * Puts a file in place of the one that was read. A copy of a damaged one is kept beside it.
 * @returns where that is
 * @throws AppError `file_unreadable` when the old one cannot be read or the new one cannot be written; what there was is
 * whole then
 */
export async function writePresetFile(
  path: string,
  file: UserPresetFile,
  old: PresetFileRead,
  now: number,
): Promise<string | undefined> {
  const broken = old.found && 'problem' in old;
  if (broken && old.unreadable) throw unreadable(path, old.problem);
  const copy = broken ? quarantineCopy(path, now) : undefined;
  await replaceFile(path, jsonTextOver(old.found && 'file' in old ? old.text : undefined, file));
  return copy;
}

/**
 * Every module's file by module; one that is damaged is left out, with an entry in `warnings`.
 * @param before the files as they were last read: what cannot be read now stays as it was
 */
export function loadPresetFiles(
  runtimeRoot: string,
  warnings: string[],
  before: ReadonlyMap<string, UserPresetFile> = new Map(),
): { files: Map<string, UserPresetFile>; unreadable: boolean } {
  const folder = presetsFolder(runtimeRoot);
  const read = readFolder(folder);
  if ('problem' in read) {
    warnings.push(`${folder} ${read.problem}; your presets are used as they were last read`);
    return { files: new Map(before), unreadable: true };
  }
  const files = new Map<string, UserPresetFile>();
  let unreadable = false;
  for (const name of read.names.filter((n) => n.endsWith('.json'))) {
    const path = join(folder, name);
    const module = moduleOfFile(name);
    const one = readPresetFile(path);
    if (!one.found) continue;
    const last = before.get(module);
    if ('file' in one) files.set(module, one.file);
    else if (one.unreadable) {
      unreadable = true;
      if (last) files.set(module, last);
      warnings.push(
        `${path} ${one.problem}; your presets in it are ${last ? 'used as they were last read' : 'left out until it can be'}`,
      );
    } else
      warnings.push(
        `${path}: ${one.problem}; your presets in it are left out, and it is kept until you mend or replace it`,
      );
  }
  return { files, unreadable };
}
