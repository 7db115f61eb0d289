import { join } from 'node:path';
import { userPresetFile, type UserPresetFile } from '../../../../contract/user-preset.ts';
import { AppError } from '../../lib/app-error.ts';
import { jsonTextOver } from '../../lib/files/edit-json.ts';
import { fileName, nameOfFile } from '../../lib/files/file-name.ts';
import { readJson, unreadable } from '../../lib/files/read-json.ts';
import { readFolder } from '../../lib/files/read-text-file.ts';
import { quarantineCopy, replaceFile } from '../../lib/files/replace-file.ts';
import {
  faultParts,
  fieldParts,
  filePart,
  notice,
  partOf,
  type ComposedFault,
  type Notice,
} from '../../lib/notice.ts';
import { checkKeys } from '../../lib/check-keys.ts';
import { fieldProblems, problemsText } from '../../lib/validation.ts';
import { migratePresetFile } from './migrate-preset-file.ts';
import { schemaProblem } from './schema-problem.ts';

/** Larger than any real list of presets; a larger file is not parsed. */
export const maxFileBytes = 4 * 1024 * 1024;

export const emptyPresetFile: UserPresetFile = { version: 1, active: null, presets: [], edits: {} };

export type PresetFileRead =
  | { found: false }
  | { found: true; file: UserPresetFile; text: string }
  | ({ found: true; unreadable: boolean } & ComposedFault);

/** The folder of the user's presets: one file per module. */
export function presetsFolder(runtimeRoot: string): string {
  return join(runtimeRoot, 'config', 'llm', 'presets');
}

const moduleOfFile = (name: string) => nameOfFile(name.slice(0, -'.json'.length));

/** @throws AppError `invalid_request` for a module whose name is not a valid file name */
export function presetFilePath(runtimeRoot: string, module: string): string {
  if (!/^[a-z0-9][\w-]{0,63}$/i.test(module))
    throw new AppError(
      'invalid_request',
      `presets of "${module.slice(0, 100)}" cannot be stored: its name is not a valid file name`,
    );
  return join(presetsFolder(runtimeRoot), `${fileName(module)}.json`);
}

function repeatedId({ presets }: UserPresetFile): string | undefined {
  const ids = presets.map(({ id }) => id);
  return ids.find((id, at) => ids.indexOf(id) !== at);
}

/** Migrates and validates a value as a preset file. */
export function asPresetFile(value: unknown): { file: UserPresetFile } | ComposedFault {
  const migrated = migratePresetFile(value);
  if ('problem' in migrated) return migrated;
  try {
    checkKeys(migrated.file);
  } catch (error) {
    return { problem: error instanceof AppError ? error.message : String(error) };
  }
  const parsed = userPresetFile.safeParse(migrated.file);
  if (!parsed.success) {
    const problems = fieldProblems(parsed.error, userPresetFile).slice(0, 5);
    return { problem: problemsText(problems), parts: fieldParts(problems) };
  }
  const twice = repeatedId(parsed.data);
  if (twice !== undefined) return { problem: `presets: "${twice}" is listed twice` };
  for (const [id, settings] of [
    ...parsed.data.presets.map((p) => [p.id, p] as const),
    ...Object.entries(parsed.data.edits),
  ]) {
    const problem = schemaProblem(settings.schema);
    if (problem)
      return { problem: `${id}: ${problem.message}`, parts: [partOf('preset_problem', problem, id)] };
  }
  return { file: parsed.data };
}

/** Reads one module's file from disk. Never throws. */
export function readPresetFile(path: string): PresetFileRead {
  const json = readJson(path, maxFileBytes);
  if (!json.found || 'problem' in json) return json;
  return { found: true, unreadable: false, text: json.text, ...asPresetFile(json.value) };
}

/**
 * Replaces the file that was read. A damaged file is first copied beside it.
 * @returns the path of that copy
 * @throws AppError `file_unreadable` if the old file cannot be read or the new one cannot be written; the old
 * one is then intact
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
 * Loads the preset files by module. A damaged one is skipped with an entry in `warnings`.
 * @param before the files as last read: those that cannot be read now keep their content from it
 */
export function loadPresetFiles(
  runtimeRoot: string,
  warnings: Notice[],
  before: ReadonlyMap<string, UserPresetFile> = new Map(),
): { files: Map<string, UserPresetFile>; unreadable: boolean } {
  const folder = presetsFolder(runtimeRoot);
  const read = readFolder(folder);
  if ('problem' in read) {
    const { problem, detail } = read;
    const message = `${folder} ${problem}; your presets are used as they were last read`;
    const values = { folder, problem, content: 'presets' as const };
    warnings.push(notice('folder_unreadable', values, message, filePart(detail)));
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
    if ('file' in one) {
      files.set(module, one.file);
      continue;
    }
    const { problem } = one;
    const values = { path, problem, content: 'presets' as const };
    const parts = faultParts(one);
    if (one.unreadable) {
      unreadable = true;
      if (last) files.set(module, last);
      const message = `${path} ${problem}; your presets in it are ${last ? 'used as they were last read' : 'left out until it can be'}`;
      warnings.push(notice('content_unreadable', { ...values, last: last !== undefined }, message, parts));
    } else {
      const message = `${path}: ${problem}; your presets in it are ignored, and the file is kept until you repair or replace it`;
      warnings.push(notice('content_broken', values, message, parts));
    }
  }
  return { files, unreadable };
}
