import { join } from 'node:path';
import { providerEntry, type ProviderEntry } from '../../../contract/provider.ts';
import { fileName } from '../lib/files/file-name.ts';
import { readJson, unreadable } from '../lib/files/read-json.ts';
import { readFolder, type TextEncoding } from '../lib/files/read-text-file.ts';
import { userProvidersFolder } from '../registry/load-user.ts';

export interface UserProviderFile {
  path: string;
  text: string;
  encoding: TextEncoding;
  entry: ProviderEntry;
}

/** @throws AppError `file_unreadable` */
function namesIn(folder: string): string[] {
  const read = readFolder(folder);
  if ('problem' in read) throw unreadable(folder, read.problem);
  return read.names.filter((name) => name.endsWith('.json'));
}

/**
 * Every provider file of the user.
 * @throws AppError `file_unreadable`
 */
export function userProviderPaths(runtimeRoot: string): string[] {
  const folder = userProvidersFolder(runtimeRoot);
  return namesIn(folder).map((file) => join(folder, file));
}

/**
 * Every valid provider of the user; broken files are skipped.
 * @throws AppError `file_unreadable` if one cannot be read now, because it may be the requested one
 */
export function userProviderFiles(runtimeRoot: string): UserProviderFile[] {
  return userProviderPaths(runtimeRoot).flatMap((path) => {
    const json = readJson(path);
    if (!json.found) return [];
    if ('problem' in json && json.unreadable) throw unreadable(path, json.problem);
    if ('problem' in json) return [];
    const entry = providerEntry.safeParse(json.value);
    return entry.success ? [{ path, text: json.text, encoding: json.encoding, entry: entry.data }] : [];
  });
}

/** The file with the user's provider of this name, whatever the file is called. */
export function userProviderFile(runtimeRoot: string, name: string): UserProviderFile | undefined {
  return userProviderFiles(runtimeRoot).find(({ entry }) => entry.name === name);
}

/** An unused file name for a new provider, also unique on file systems that ignore case. */
export function newProviderPath(runtimeRoot: string, name: string): string {
  const folder = userProvidersFolder(runtimeRoot);
  const taken = new Set(namesIn(folder).map((file) => file.toLowerCase()));
  let file = `${fileName(name)}.json`;
  for (let n = 2; taken.has(file.toLowerCase()); n++) file = `${fileName(`${name}-${n}`)}.json`;
  return join(folder, file);
}
