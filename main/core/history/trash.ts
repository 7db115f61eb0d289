import { rmSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readFolder } from '../lib/files/read-text-file.ts';
import { unreadable } from '../lib/files/read-json.ts';
import { makeFolder, replaceFile, unwritable, whileHeld } from '../lib/files/replace-file.ts';

/** More than anyone looks through; the oldest are removed first. */
const maxEntries = 200;

/** The folder for deleted presets (as documents that can be imported), provider files and packs' folders. */
function trashFolder(runtimeRoot: string): string {
  return join(runtimeRoot, 'config', 'llm', 'trash');
}

function pathFor(runtimeRoot: string, name: string, now: number, ending = '.json'): string {
  const folder = trashFolder(runtimeRoot);
  makeFolder(folder);
  const read = readFolder(folder);
  if ('problem' in read) throw unreadable(folder, read.problem);
  const there = read.names;
  for (const old of there.slice(0, Math.max(0, there.length - maxEntries + 1)))
    rmSync(join(folder, old), { force: true, recursive: true, maxRetries: 5, retryDelay: 50 });
  const stamp = new Date(now).toISOString().replace(/[:.]/g, '-');
  const taken = new Set(there);
  let entry = `${stamp}-${name}${ending}`;
  for (let n = 2; taken.has(entry); n++) entry = `${stamp}-${name}-${n}${ending}`;
  return join(folder, entry);
}

/** @throws AppError `file_unreadable` if another program has it open for too long */
async function move(from: string, to: string): Promise<void> {
  try {
    await whileHeld(() => rename(from, to));
  } catch (error) {
    throw unwritable(from, error);
  }
}

/** Writes a text to the trash; returns its path. */
export async function putInTrash(
  runtimeRoot: string,
  name: string,
  text: string,
  now: number,
): Promise<string> {
  const target = pathFor(runtimeRoot, name, now);
  await replaceFile(target, text);
  return target;
}

/** Moves a whole folder to the trash, under another name; returns its new path. */
export async function moveFolderToTrash(
  runtimeRoot: string,
  folder: string,
  name: string,
  now: number,
): Promise<string> {
  const target = pathFor(runtimeRoot, name, now, '');
  await move(folder, target);
  return target;
}

/** Moves a file to the trash; returns its new path. */
export async function moveToTrash(runtimeRoot: string, path: string, now: number): Promise<string> {
  const target = pathFor(runtimeRoot, basename(path, '.json'), now);
  await move(path, target);
  return target;
}

/** Removes an item from the trash after its deletion was undone. */
export function removeFromTrash(path: string): void {
  rmSync(path, { force: true, maxRetries: 5, retryDelay: 50 });
}
