import { statSync } from 'node:fs';
import { basename, dirname, extname } from 'node:path';
import { jsonTextOver } from '../lib/files/edit-json.ts';
import type { FolderLock } from '../lib/files/folder-lock.ts';
import { isObject, type JsonObject } from '../lib/json.ts';
import { LiveJson } from '../lib/files/live-json.ts';
import { parseJsonText, readJson, unreadable } from '../lib/files/read-json.ts';
import {
  makeFolder,
  quarantineCopy,
  syncFolder,
  untilReadable,
  unwritable,
  whileHeld,
} from '../lib/files/replace-file.ts';

/** What electron-store and conf are asked for; `clearInvalidConfig` would have them drop what they do not understand. */
export interface StoreOptions {
  cwd: string;
  name: string;
  fileExtension: string;
  clearInvalidConfig: false;
  accessPropertiesByDotNotation: false;
  configFileMode: number;
  serialize(value: JsonObject): string;
  deserialize(text: string): JsonObject;
}

/** electron-store in the desktop app, conf in plain Node: setting `store` writes the whole file. */
export interface SettingsWriter {
  store: JsonObject;
}

export type LoadWriter = (options: StoreOptions) => Promise<SettingsWriter>;

/** A JSON object in a file that several processes read and write. */
export interface SettingsFile {
  /** As the file is now; the last one that could be used while it cannot be, empty where there is none. */
  read(): JsonObject;
  /**
   * Reads the file once more, makes another object of it and writes that.
   * @throws AppError `file_unreadable`, `server_busy`; the file is as it was then
   */
  change(next: (now: JsonObject) => JsonObject): Promise<void>;
  /** Why the file as it is now is not what holds. */
  problem(): string | undefined;
  /** True while it cannot be read and never could be: nobody knows what it says. */
  unknown(): boolean;
}

export interface SettingsFileParts {
  path: string;
  lock: FolderLock;
  /** Loads the package that writes, with the first change. */
  loadWriter: LoadWriter;
  now?(): number;
}

const asObject = (value: unknown) => (isObject(value) ? { value } : { problem: 'is not a JSON object' });

function objectIn(text: string): JsonObject {
  const parsed = parseJsonText(text);
  return 'value' in parsed && isObject(parsed.value) ? parsed.value : {};
}

/** conf writes in place where this variable is set, as in any terminal that a snap has opened: a kill would tear the file. */
function withoutSnap(write: () => void): void {
  const { SNAP } = process.env;
  delete process.env['SNAP'];
  try {
    write();
  } finally {
    if (SNAP !== undefined) process.env['SNAP'] = SNAP;
  }
}

function optionsFor(path: string, old: string | undefined): StoreOptions {
  const mode = statSync(path, { throwIfNoEntry: false })?.mode;
  return {
    cwd: dirname(path),
    name: basename(path, extname(path)),
    fileExtension: extname(path).slice(1),
    clearInvalidConfig: false,
    accessPropertiesByDotNotation: false,
    configFileMode: mode === undefined ? 0o600 : mode & 0o777,
    // A person's comments stay.
    serialize: (value) => jsonTextOver(old, value),
    deserialize: objectIn,
  };
}

/**
 * A file of settings, written by electron-store or conf under the rules of every other file of the user's: changes of all
 * processes one after the other, nothing replaced that cannot be read, a copy kept of what makes no sense.
 */
export function openSettingsFile({
  path,
  lock,
  loadWriter,
  now = Date.now,
}: SettingsFileParts): SettingsFile {
  const live = new LiveJson<JsonObject>({ path, missing: {}, parse: asObject });

  async function write(next: (now: JsonObject) => JsonObject): Promise<void> {
    await untilReadable([path]);
    const json = readJson(path);
    if (json.found && 'problem' in json && json.unreadable) throw unreadable(path, json.problem);
    const before = json.found && 'value' in json && isObject(json.value) ? json.value : undefined;
    const value = next(before ?? {});
    if (json.found && !before) quarantineCopy(path, now());
    const text = json.found && 'text' in json ? json.text : undefined;
    try {
      makeFolder(dirname(path));
      const writer = await loadWriter(optionsFor(path, text));
      await whileHeld(async () => withoutSnap(() => void (writer.store = value)));
      await syncFolder(dirname(path)).catch(() => {});
    } catch (error) {
      throw unwritable(path, error);
    }
  }

  return {
    read: () => live.current,
    async change(next) {
      await lock.run(() => write(next));
      live.refresh();
    },
    problem: () => live.problem,
    unknown: () => live.unreadable && live.unknown,
  };
}

/** Settings that no file has: for tests and tools. */
export function memorySettings(value: JsonObject = {}): SettingsFile {
  let current = value;
  return {
    read: () => current,
    change: async (next) => void (current = next(current)),
    problem: () => undefined,
    unknown: () => false,
  };
}
