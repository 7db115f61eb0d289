import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { providerEntry, type ProviderEntry } from '../../../contract/provider.ts';
import { readJson } from '../lib/read-json.ts';
import { userProvidersFolder } from '../registry/load-user.ts';

export interface UserProviderFile {
  path: string;
  text: string;
  entry: ProviderEntry;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort();
  } catch {
    return [];
  }
}

/** Every provider of the user's that can be read. */
export function userProviderFiles(runtimeRoot: string): UserProviderFile[] {
  const folder = userProvidersFolder(runtimeRoot);
  return namesIn(folder).flatMap((file) => {
    const path = join(folder, file);
    const json = readJson(path);
    if (!json.found || 'problem' in json) return [];
    const entry = providerEntry.safeParse(json.value);
    return entry.success ? [{ path, text: json.text, entry: entry.data }] : [];
  });
}

/** The file that holds the user's provider of this name, whatever the file is called. */
export function userProviderFile(runtimeRoot: string, name: string): UserProviderFile | undefined {
  return userProviderFiles(runtimeRoot).find(({ entry }) => entry.name === name);
}

/** A file name for a new provider that no other file has, not even on a disk that takes `A` and `a` for the same. */
export function newProviderPath(runtimeRoot: string, name: string): string {
  const folder = userProvidersFolder(runtimeRoot);
  const taken = new Set(namesIn(folder).map((file) => file.toLowerCase()));
  let file = `${name}.json`;
  for (let n = 2; taken.has(file.toLowerCase()); n++) file = `${name}-${n}.json`;
  return join(folder, file);
}
