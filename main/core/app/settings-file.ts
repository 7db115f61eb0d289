import { statSync } from 'node:fs';
import { basename, dirname, extname } from 'node:path';
import type { TextDetail } from '../../../contract/coded-texts.ts';
import { codedText } from '../lib/coded-text.ts';
import { fileFault } from '../lib/files/read-text-file.ts';
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

/**
 * Options for electron-store and conf; `clearInvalidConfig` would make them discard files that they cannot
 * parse.
 */
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
  /** The file's current content; the last valid content while it is broken, empty if it does not exist. */
  read(): JsonObject;
  /**
   * Reads the file again, applies a change and writes the result.
   * @throws AppError `file_unreadable`, `server_busy`; the file is then unchanged
   */
  change(next: (now: JsonObject) => JsonObject): Promise<void>;
  /** Why the file's current content is not in force. */
  problem(): string | undefined;
  /** The code of `problem`, by `file_problem`. */
  detail(): TextDetail | undefined;
  /** True while the file cannot be read and never could be, so its content is unknown. */
  unknown(): boolean;
}

export interface SettingsFileParts {
  path: string;
  lock: FolderLock;
  /** Loads the package that writes, on the first change. */
  loadWriter: LoadWriter;
  now?(): number;
}

const notObject = fileFault(codedText('file_problem', 'not_object', {}, 'is not a JSON object'));
const asObject = (value: unknown) => (isObject(value) ? { value } : notObject);

function objectIn(text: string): JsonObject {
  const parsed = parseJsonText(text);
  return 'value' in parsed && isObject(parsed.value) ? parsed.value : {};
}

/**
 * conf writes in place if this variable is set, as it is in any terminal that a snap has opened. A kill would
 * then truncate the file.
 */
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
    // Keeps the user's comments.
    serialize: (value) => jsonTextOver(old, value),
    deserialize: objectIn,
  };
}

/**
 * A settings file, written by electron-store or conf under the same rules as all user files: changes of all
 * processes are serialized, an unreadable file is never replaced, and an invalid one is copied first.
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
    detail: () => live.fault?.detail,
    unknown: () => live.unreadable && live.unknown,
  };
}

/** Settings without a file, for tests and tools. */
export function memorySettings(value: JsonObject = {}): SettingsFile {
  let current = value;
  return {
    read: () => current,
    change: async (next) => void (current = next(current)),
    problem: () => undefined,
    detail: () => undefined,
    unknown: () => false,
  };
}
