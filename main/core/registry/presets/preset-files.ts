import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { userPresetFile, type UserPresetFile } from '../../../../contract/user-preset.ts';
import { AppError } from '../../lib/app-error.ts';
import { keepBroken, writeJson } from '../../lib/atomic-files.ts';
import { readJson } from '../../lib/read-json.ts';
import { checkKeys } from '../../lib/check-keys.ts';
import { fieldProblems, problemsText } from '../../lib/validation.ts';
import { migratePresetFile } from './migrate-preset-file.ts';
import { schemaProblem } from './schema-problem.ts';

/** Beyond any real list of presets; a larger file is not even parsed. */
export const maxFileBytes = 4 * 1024 * 1024;

export const emptyPresetFile: UserPresetFile = { version: 1, active: null, presets: [], edits: {} };

export type PresetFileRead =
  | { found: false }
  | { found: true; file: UserPresetFile }
  | { found: true; problem: string };

/** Where the user's presets are: a file for each module. */
export function presetsFolder(runtimeRoot: string): string {
  return join(runtimeRoot, 'config', 'llm', 'presets');
}

/** @throws AppError `invalid_request` for a module whose name cannot be a file's */
export function presetFilePath(runtimeRoot: string, module: string): string {
  if (!/^[a-z0-9][\w-]{0,63}$/i.test(module))
    throw new AppError(
      'invalid_request',
      `presets of "${module.slice(0, 100)}" cannot be kept: its name is no file name`,
    );
  return join(presetsFolder(runtimeRoot), `${module}.json`);
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

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}

/** One module's file as it is on disk. Never throws. */
export function readPresetFile(path: string): PresetFileRead {
  if (sizeOf(path) > maxFileBytes)
    return { found: true, problem: `is larger than ${maxFileBytes / 1024 / 1024} MB` };
  const json = readJson(path);
  if (!json.found || 'problem' in json) return json;
  return { found: true, ...asPresetFile(json.value) };
}

/**
 * Puts a file in place of the one that was read. A damaged one is kept beside it.
 * @returns where that is
 * @throws AppError `file_unreadable` when it cannot be written; what there was is whole then
 */
export async function writePresetFile(
  path: string,
  file: UserPresetFile,
  old: PresetFileRead,
  now: number,
): Promise<string | undefined> {
  try {
    const kept = old.found && 'problem' in old ? keepBroken(path, now) : undefined;
    await writeJson(path, file);
    return kept;
  } catch (error) {
    throw new AppError(
      'file_unreadable',
      `${path} cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)})`,
      { file: path },
    );
  }
}

/** Every module's file by module; one that is damaged is left out and said so in `warnings`. */
export function loadPresetFiles(runtimeRoot: string, warnings: string[]): Map<string, UserPresetFile> {
  const files = new Map<string, UserPresetFile>();
  let names: string[];
  try {
    names = readdirSync(presetsFolder(runtimeRoot));
  } catch {
    return files;
  }
  for (const name of names.filter((n) => n.endsWith('.json')).sort()) {
    const path = join(presetsFolder(runtimeRoot), name);
    const read = readPresetFile(path);
    if (!read.found) continue;
    if ('file' in read) files.set(name.slice(0, -'.json'.length), read.file);
    else
      warnings.push(
        `${path}: ${read.problem}; your presets in it are left out, and it is kept until you mend or replace it`,
      );
  }
  return files;
}
