import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { PackProblem } from '../../../../contract/user-pack.ts';
import { refusedValue } from '../../lib/validation.ts';
import { AppError } from '../../lib/app-error.ts';
import { readJson, unreadable } from '../../lib/files/read-json.ts';
import { readFolder, readTextFile } from '../../lib/files/read-text-file.ts';
import { removeFile, replaceFile, replaceJson } from '../../lib/files/replace-file.ts';
import { isObject } from '../../lib/json.ts';
import { packJsonName, schemaName, systemName, templateName, type PackTexts } from './pack-texts.ts';

/** Larger than any real pack; a larger file is not read. */
const maxFileBytes = 1024 * 1024;

/**
 * The journal of a save: the files to write, null for those to delete, stored beside the folder during the
 * save. It makes saving several files atomic: while it exists, its content counts, and the next access
 * finishes the save.
 */
function journalPath(folder: string): string {
  return join(dirname(folder), `.${basename(folder)}.saving.json`);
}

const leftOverMs = 60_000;

/** @throws AppError `file_unreadable` */
function namesIn(folder: string): string[] {
  const read = readFolder(folder);
  if ('problem' in read) throw unreadable(folder, read.problem);
  return read.names;
}

const journalName = /^\.(.+)\.saving\.json$/;

/** The folders whose save was interrupted. */
export function unfinishedIn(parent: string): string[] {
  return namesIn(parent).flatMap((name) => {
    const module = journalName.exec(name)?.[1];
    return module === undefined ? [] : [join(parent, module)];
  });
}

/**
 * Whether a save was interrupted there, or is in progress. Never throws: an unreadable folder is checked
 * again next time.
 */
export function hasLeftOvers(parent: string): boolean {
  const read = readFolder(parent);
  return 'names' in read && read.names.some((name) => /^\..+\.saving\.json/.test(name));
}

/** Removes temporary files of killed saves; younger ones may belong to another process. */
export async function removeLeftOvers(parent: string, now: number): Promise<void> {
  for (const name of namesIn(parent).filter((one) => /^\..+\.saving\.json\.[\d-]+(\.tmp)?$/.test(one))) {
    const path = join(parent, name);
    if (now - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now) > leftOverMs)
      await removeFile(path);
  }
}

type Journal = Record<string, string | null>;

const isKnown = (file: string) =>
  [packJsonName, systemName, templateName, schemaName].includes(file) ||
  /^samples\/[^/\\]+\.json$/.test(file);

/** @throws AppError `file_unreadable`: its content counts, but is unknown */
function readJournal(folder: string): Journal {
  const json = readJson(journalPath(folder));
  if (json.found && 'problem' in json && json.unreadable) throw unreadable(journalPath(folder), json.problem);
  if (!json.found || 'problem' in json || !isObject(json.value)) return {};
  const files = isObject(json.value['files']) ? Object.entries(json.value['files']) : [];
  return Object.fromEntries(
    files.filter(([file, text]) => isKnown(file) && (text === null || typeof text === 'string')),
  ) as Journal;
}

function sampleFiles(folder: string): string[] {
  const names = namesIn(join(folder, 'samples')).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => `samples/${name}`);
}

/**
 * The paths of a pack's files, existing or not.
 * @throws AppError `file_unreadable`
 */
export function packPathsIn(folder: string): string[] {
  const files = [packJsonName, systemName, templateName, schemaName, ...sampleFiles(folder)];
  return files.map((file) => join(folder, file));
}

/** True for a folder in a file's place: its content is known, and it can be moved away. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

export interface PackFiles {
  texts: PackTexts;
  problems: PackProblem[];
  /** One of the files cannot be read now, so the pack's content is unknown. */
  unreadable: boolean;
}

/**
 * A pack's files as they are, or as a save in progress will leave them. Other files in the folder are
 * ignored. Never throws.
 */
export function readPackFolder(folder: string): PackFiles {
  try {
    return readFiles(folder);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const file = String(error.details?.['file'] ?? folder);
    return {
      texts: {},
      problems: [{ file: basename(file), ...refusedValue('', error.message) }],
      unreadable: true,
    };
  }
}

function readFiles(folder: string): PackFiles {
  const texts: Record<string, string> = {};
  const problems: PackProblem[] = [];
  let unread = false;
  const journal = readJournal(folder);
  const files = [packJsonName, systemName, templateName, schemaName, ...sampleFiles(folder)];
  for (const file of files) {
    if (file in journal) continue;
    const read = readTextFile(join(folder, file), maxFileBytes);
    // Normalizes line breaks, which a checkout on Windows may change, so that the same pack gives the same
    // request.
    if (read.state === 'read') texts[file] = read.text.replace(/\r\n?/g, '\n');
    else if (read.state !== 'missing')
      problems.push({ file, path: '', message: read.problem, message_detail: read.detail });
    unread ||= read.state === 'unreadable' && !isFolder(join(folder, file));
  }
  for (const [file, text] of Object.entries(journal)) if (text !== null) texts[file] = text;
  return { texts, problems, unreadable: unread };
}

async function apply(folder: string, journal: Journal): Promise<void> {
  for (const [file, text] of Object.entries(journal)) {
    if (text === null) await removeFile(join(folder, file));
    else await replaceFile(join(folder, file), text);
  }
  await removeFile(journalPath(folder));
}

/**
 * Finishes an interrupted save, if there is one. Needs the lock, because the save may be another process's.
 */
export async function finishSave(folder: string): Promise<void> {
  if (existsSync(journalPath(folder))) await apply(folder, readJournal(folder));
}

/**
 * Replaces a pack's files, all or none; other files in the folder stay.
 * @throws file system errors
 */
export async function writePackFolder(folder: string, before: PackTexts, after: PackTexts): Promise<void> {
  const files = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const journal: Journal = Object.fromEntries(
    files.filter((file) => before[file] !== after[file]).map((file) => [file, after[file] ?? null]),
  );
  await replaceJson(journalPath(folder), { format: 1, files: journal });
  try {
    await apply(folder, journal);
  } catch (error) {
    // If undoing fails too, the journal is left, or the pack reports what it lacks.
    await removeFile(journalPath(folder)).catch(() => {});
    const back = Object.keys(journal).map((file) => [file, before[file] ?? null] as const);
    await apply(folder, Object.fromEntries(back)).catch(() => {});
    throw error;
  }
}
