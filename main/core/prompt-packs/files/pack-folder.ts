import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { PackProblem } from '../../../../contract/user-pack.ts';
import { AppError } from '../../lib/app-error.ts';
import { readJson, unreadable } from '../../lib/files/read-json.ts';
import { readFolder, readTextFile } from '../../lib/files/read-text-file.ts';
import { removeFile, replaceFile, replaceJson } from '../../lib/files/replace-file.ts';
import { isObject } from '../../lib/json.ts';
import { packJsonName, schemaName, systemName, templateName, type PackTexts } from './pack-texts.ts';

/** Beyond any real pack; a larger file is not even read. */
const maxFileBytes = 1024 * 1024;

/**
 * What a save is about to write, null for what it deletes: beside the folder for as long as the save lasts. As a pack
 * is several files, this one makes it whole: while it is there, it counts, and whoever comes next finishes the save.
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

/** The folders whose save was cut off. */
export function unfinishedIn(parent: string): string[] {
  return namesIn(parent).flatMap((name) => {
    const module = journalName.exec(name)?.[1];
    return module === undefined ? [] : [join(parent, module)];
  });
}

/** Whether a save was cut off there, or is under way. Never throws: what cannot be read is looked at the next time. */
export function hasLeftOvers(parent: string): boolean {
  const read = readFolder(parent);
  return 'names' in read && read.names.some((name) => /^\..+\.saving\.json/.test(name));
}

/** Temporary files of saves that were killed while they wrote; a younger one may be another process's. */
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

/** @throws AppError `file_unreadable`: what it holds counts, and nobody knows what that is */
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

/** Where the files of a pack are, or would be. Throws AppError `file_unreadable`. */
export function packPathsIn(folder: string): string[] {
  const files = [packJsonName, systemName, templateName, schemaName, ...sampleFiles(folder)];
  return files.map((file) => join(folder, file));
}

/** A folder in a file's place: it is no secret what is in it, and it can be put aside. */
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
  /** One of the files cannot be read now: what the pack is, nobody knows. */
  unreadable: boolean;
}

/**
 * A pack's files as they are, or as a save that is under way will have them. What else is in the folder is not read.
 * Never throws.
 */
export function readPackFolder(folder: string): PackFiles {
  try {
    return readFiles(folder);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const file = String(error.details?.['file'] ?? folder);
    return {
      texts: {},
      problems: [{ file: basename(file), path: '', message: error.message }],
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
    // A checkout on Windows may have other line endings: the same pack is the same request.
    if (read.state === 'read') texts[file] = read.text.replace(/\r\n?/g, '\n');
    else if (read.state !== 'missing') problems.push({ file, path: '', message: read.problem });
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

/** Finishes a save that was cut off, if one was; to be called in turn, or it may be another process's. */
export async function finishSave(folder: string): Promise<void> {
  if (existsSync(journalPath(folder))) await apply(folder, readJournal(folder));
}

/** Makes a pack's files these, all or none; what else is in its folder stays. Throws what the disk throws. */
export async function writePackFolder(folder: string, before: PackTexts, after: PackTexts): Promise<void> {
  const files = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const journal: Journal = Object.fromEntries(
    files.filter((file) => before[file] !== after[file]).map((file) => [file, after[file] ?? null]),
  );
  await replaceJson(journalPath(folder), { format: 1, files: journal });
  try {
    await apply(folder, journal);
  } catch (error) {
    // A disk that refuses one file may refuse the way back too: what is left is then a pack that says what it lacks.
    await removeFile(journalPath(folder)).catch(() => {});
    const back = Object.keys(journal).map((file) => [file, before[file] ?? null] as const);
    await apply(folder, Object.fromEntries(back)).catch(() => {});
    throw error;
  }
}
