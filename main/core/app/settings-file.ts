import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { keepBroken } from '../lib/atomic-files.ts';
import { readJson } from '../lib/read-json.ts';
import { isObject } from '../lib/json.ts';

/** A JSON object that lies in a file: `store` reads it anew, and setting it writes the whole file. */
export interface SettingsFile {
  store: Record<string, unknown>;
}

/** The file at `path`, empty while there is none. One that cannot be read is kept beside it under another name. */
export function openSettingsFile(path: string, now: () => number = Date.now): SettingsFile {
  const read = () => {
    const json = readJson(path);
    if (!json.found) return {};
    if ('value' in json && isObject(json.value)) return json.value;
    keepBroken(path, now());
    return {};
  };
  return {
    get store() {
      return read();
    },
    set store(next) {
      // Whoever writes without having read must not overwrite what a person may have meant.
      read();
      mkdirSync(dirname(path), { recursive: true });
      writeFileAtomic.sync(path, `${JSON.stringify(next, null, 2)}\n`, { fsync: true });
    },
  };
}
