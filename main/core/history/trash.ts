import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { writeText } from '../lib/atomic-files.ts';

/** More than anyone looks through; the oldest go first. */
const most = 200;

/** Where deleted presets (as documents that can be imported), provider files and packs' folders go. */
export function trashFolder(runtimeRoot: string): string {
  return join(runtimeRoot, 'config', 'llm', 'trash');
}

function placeFor(runtimeRoot: string, name: string, now: number, ending = '.json'): string {
  const folder = trashFolder(runtimeRoot);
  mkdirSync(folder, { recursive: true });
  const there = readdirSync(folder).sort();
  for (const old of there.slice(0, Math.max(0, there.length - most + 1)))
    rmSync(join(folder, old), { force: true, recursive: true });
  const stamp = new Date(now).toISOString().replace(/[:.]/g, '-');
  const taken = new Set(there);
  let place = `${stamp}-${name}${ending}`;
  for (let n = 2; taken.has(place); n++) place = `${stamp}-${name}-${n}${ending}`;
  return join(folder, place);
}

/** Writes a text into the trash; returns its path. */
export async function putInTrash(
  runtimeRoot: string,
  name: string,
  text: string,
  now: number,
): Promise<string> {
  const place = placeFor(runtimeRoot, name, now);
  await writeText(place, text);
  return place;
}

/** Moves a whole folder into the trash, under another name; returns its new path. */
export function moveFolderToTrash(runtimeRoot: string, folder: string, name: string, now: number): string {
  const place = placeFor(runtimeRoot, name, now, '');
  renameSync(folder, place);
  return place;
}

/** Moves a whole file into the trash; returns its new path. */
export function moveToTrash(runtimeRoot: string, path: string, now: number): string {
  const place = placeFor(runtimeRoot, basename(path, '.json'), now);
  renameSync(path, place);
  return place;
}

/** For what was taken back. */
export function removeFromTrash(path: string): void {
  rmSync(path, { force: true });
}
