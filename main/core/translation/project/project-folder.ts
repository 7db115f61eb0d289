import { existsSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { projectFile, type ProjectFile } from '../../../../contract/translation.ts';
import { AppError } from '../../lib/app-error.ts';
import { replaceFile, replaceJson } from '../../lib/files/replace-file.ts';
import { readJson, requireJson, requireText } from '../../lib/files/read-json.ts';
import { fieldProblems, problemsText } from '../../lib/validation.ts';
import { glossaryFromCsv, glossaryToCsv } from '../glossary/glossary-csv.ts';
import type { GlossaryEntry } from '../glossary/glossary-entry.ts';

const fileOf = (folder: string) => join(folder, 'project.json');

/** The path of a project's glossary. */
export const glossaryFile = (folder: string) => join(folder, 'glossary.csv');

/** True for a folder with a `project.json` of any program. */
export function hasProjectFile(folder: string): boolean {
  return existsSync(fileOf(folder));
}

/**
 * True for a folder with a translation project, even if its `project.json` is broken. Ren'Py's launcher also keeps a
 * `project.json` in every game; that file has none of our fields.
 */
export function isProjectFolder(folder: string): boolean {
  const file = readJson(fileOf(folder));
  if (!file.found) return false;
  if (!('value' in file)) return true;
  const { value } = file;
  return typeof value === 'object' && value !== null && ('format' in value || 'target_language' in value);
}

/**
 * Reads `project.json`, which a person may have edited.
 * @throws AppError `file_unreadable` with the file and every invalid field
 */
export function readProject(folder: string): ProjectFile {
  const file = fileOf(folder);
  const json = requireJson(file);
  const parsed = projectFile.safeParse(json);
  if (parsed.success) return parsed.data;
  const fields = fieldProblems(parsed.error, projectFile);
  throw new AppError('file_unreadable', `${file}: ${problemsText(fields)}`, { file, fields });
}

export async function writeProject(folder: string, settings: ProjectFile): Promise<void> {
  await replaceJson(fileOf(folder), settings);
}

/** The game's folder, which may be relative to the project's folder in `project.json`. */
export function gameFolder(folder: string, { game }: Pick<ProjectFile, 'game'>): string {
  return isAbsolute(game) ? game : resolve(folder, game);
}

/** Reads the glossary; a missing file is an empty one. @throws AppError `file_unreadable` for an invalid file */
export function readGlossary(folder: string): GlossaryEntry[] {
  const file = glossaryFile(folder);
  if (!existsSync(file)) return [];
  return glossaryFromCsv(requireText(file), file);
}

export async function writeGlossary(folder: string, entries: readonly GlossaryEntry[]): Promise<void> {
  await replaceFile(glossaryFile(folder), glossaryToCsv(entries));
}
