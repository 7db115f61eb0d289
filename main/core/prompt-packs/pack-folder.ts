import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { PackProblem } from '../../../contract/user-pack.ts';
import { writeJson, writeText } from '../lib/atomic-files.ts';
import { readJson } from '../lib/read-json.ts';
import { isObject } from '../lib/json.ts';
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

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

const journalName = /^\.(.+)\.saving\.json$/;

/** The folders whose save was cut off. */
export function unfinishedIn(parent: string): string[] {
  return namesIn(parent).flatMap((name) => {
    const module = journalName.exec(name)?.[1];
    return module === undefined ? [] : [join(parent, module)];
  });
}

/** Temporary files of saves that were killed while they wrote; a younger one may be another process's. */
export function removeLeftOvers(parent: string, now: number): void {
  for (const name of namesIn(parent).filter((one) => /^\..+\.saving\.json\.\d+$/.test(one))) {
    const path = join(parent, name);
    if (now - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now) > leftOverMs)
      rmSync(path, { force: true });
  }
}

type Journal = Record<string, string | null>;

const isKnown = (file: string) =>
  [packJsonName, systemName, templateName, schemaName].includes(file) ||
  /^samples\/[^/\\]+\.json$/.test(file);

function readJournal(folder: string): Journal {
  const json = readJson(journalPath(folder));
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

function readOne(path: string): { text: string } | { problem: string } | undefined {
  try {
    if (statSync(path).size > maxFileBytes)
      return { problem: `is larger than ${maxFileBytes / 1024 / 1024} MB` };
    // A checkout on Windows may have other line endings: the same pack is the same request.
    const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
    return { text: text.replace(/\r\n?/g, '\n') };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? undefined : { problem: `cannot be read (${code})` };
  }
}

/** A pack's files as they are, or as a save that is under way will have them. What else is in the folder is not read. */
export function readPackFolder(folder: string): { texts: PackTexts; problems: PackProblem[] } {
  const texts: Record<string, string> = {};
  const problems: PackProblem[] = [];
  const journal = readJournal(folder);
  const files = [packJsonName, systemName, templateName, schemaName, ...sampleFiles(folder)];
  for (const file of files) {
    if (file in journal) continue;
    const read = readOne(join(folder, file));
    if (read && 'text' in read) texts[file] = read.text;
    else if (read) problems.push({ file, path: '', message: read.problem });
  }
  for (const [file, text] of Object.entries(journal)) if (text !== null) texts[file] = text;
  return { texts, problems };
}

async function apply(folder: string, journal: Journal): Promise<void> {
  for (const [file, text] of Object.entries(journal)) {
    if (text === null) rmSync(join(folder, file), { force: true });
    else await writeText(join(folder, file), text);
  }
  rmSync(journalPath(folder), { force: true });
}

/** Finishes a save that was cut off, if one was. */
export async function finishSave(folder: string): Promise<void> {
  if (existsSync(journalPath(folder))) await apply(folder, readJournal(folder));
}

/** Makes a pack's files these, all or none; what else is in its folder stays. Throws what the disk throws. */
export async function writePackFolder(folder: string, before: PackTexts, after: PackTexts): Promise<void> {
  const files = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const journal: Journal = Object.fromEntries(
    files.filter((file) => before[file] !== after[file]).map((file) => [file, after[file] ?? null]),
  );
  await writeJson(journalPath(folder), { format: 1, files: journal });
  try {
    await apply(folder, journal);
  } catch (error) {
    // A disk that refuses one file may refuse the way back too: what is left is then a pack that says what it lacks.
    rmSync(journalPath(folder), { force: true });
    const back = Object.keys(journal).map((file) => [file, before[file] ?? null] as const);
    await apply(folder, Object.fromEntries(back)).catch(() => {});
    throw error;
  }
}
