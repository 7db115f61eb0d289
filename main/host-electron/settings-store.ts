import { join } from 'node:path';
import Store from 'electron-store';
import { rescueSettingsFile, type SettingsFile } from '../core/settings.ts';

/** A JSON file under the user-data folder by electron-store; one that cannot be read is kept beside. */
export function openStore(folder: string, name: string): SettingsFile {
  rescueSettingsFile(join(folder, `${name}.json`), Date.now());
  return new Store<Record<string, unknown>>({ cwd: folder, name });
}
