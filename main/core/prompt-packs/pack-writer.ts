import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { basename, join } from 'node:path';
import { type PackContent, packContent } from '../../../contract/user-pack.ts';
import { AppError } from '../lib/app-error.ts';
import { jsonTextOver } from '../lib/files/edit-json.ts';
import { isReservedName } from '../lib/files/file-name.ts';
import type { Log } from '../lib/log/log.ts';
import { unreadable } from '../lib/files/read-json.ts';
import {
  quarantineCopy,
  quarantineName,
  untilReadable,
  unwritable,
  whileHeld,
} from '../lib/files/replace-file.ts';
import type { WatchPause } from '../registry/watch-files.ts';
import type { UndoStep } from '../history/change-history.ts';
import { moveFolderToTrash } from '../history/trash.ts';
import {
  finishSave,
  isFolder,
  packPathsIn,
  readPackFolder,
  writePackFolder,
  type PackFiles,
} from './files/pack-folder.ts';
import { packFormat, migratePackFile } from './files/migrate-pack-file.ts';
import { userPacksFolder, type PackStore } from './pack-store.ts';
import { editedFrom, textsOf, type PackTexts } from './files/pack-texts.ts';
import type { PackVersions } from './files/pack-versions.ts';
import { isObject } from '../lib/json.ts';

/** A folder's files as a pack, whether it can be used or not; undefined where they do not even have its form. */
export function packContentIn(texts: PackTexts): PackContent | undefined {
  const { content, problems } = editedFrom(texts);
  if (problems.length || !isObject(content.schema)) return undefined;
  const migrated = migratePackFile(content.pack);
  if ('problem' in migrated) return undefined;
  const result = packContent.safeParse({ ...content, pack: migrated.file });
  return result.success ? result.data : undefined;
}

export interface PackWriterParts {
  store: PackStore;
  versions: PackVersions;
  runtimeRoot: string;
  log: Log;
  now(): number;
  /** Nobody watches the packs' folders while it runs: Windows does not move a folder in which one is watched. */
  unwatched: WatchPause;
}

/** A folder as it was before a change, and after: no files where it is not there. */
export interface WrittenPack {
  module: string;
  folder: string;
  before: PackTexts;
  after: PackTexts;
  warnings: string[];
  trashed?: string;
}

/** A failure of the disk gets an error of its own; anything else stays what it is. */
function refusal(folder: string, error: unknown): unknown {
  return (error as NodeJS.ErrnoException).syscall === undefined ? error : unwritable(folder, error);
}

/** @throws AppError `invalid_request` for a name that no disk of Windows takes: the pack would not travel */
function checkNames(module: string, texts: PackTexts): void {
  const names = [module, ...Object.keys(texts).map((file) => basename(file))];
  const bad = names.find(isReservedName);
  if (bad !== undefined)
    throw new AppError('invalid_request', `"${bad}" cannot be a file's name on Windows: choose another one`);
}

/** Keeps what makes no sense: a copy of a file, while a folder in a file's place has to go out of the way. */
async function putAside(path: string, now: number): Promise<string> {
  if (!isFolder(path)) return quarantineCopy(path, now);
  const copy = quarantineName(path, now);
  await whileHeld(() => rename(path, copy));
  return copy;
}

/** The JSON files edited where they differ, if a person has written comments into them. */
function withComments(before: PackTexts, after: PackTexts): PackTexts {
  const texts = Object.entries(after).map(([file, text]) =>
    file.endsWith('.json') ? [file, jsonTextOver(before[file], JSON.parse(text))] : [file, text],
  );
  return Object.fromEntries(texts) as PackTexts;
}

/** @throws AppError `file_unreadable` where one of the files cannot be read now: it would be lost */
function readWhole(folder: string): PackFiles {
  const files = readPackFolder(folder);
  if (!files.unreadable) return files;
  const [first] = files.problems;
  throw unreadable(first ? join(folder, first.file) : folder, first?.message ?? 'cannot be read');
}

/** Writes and takes back the folders of the user's packs; to be called in turn. */
export class PackWriter {
  readonly #parts: PackWriterParts;

  constructor(parts: PackWriterParts) {
    this.#parts = parts;
  }

  folder(module: string): string {
    return join(userPacksFolder(this.#parts.runtimeRoot), module);
  }

  /** The pack as it is on disk now; undefined where there is none, or none that can be read. */
  read(module: string): PackContent | undefined {
    return packContentIn(readPackFolder(this.folder(module)).texts);
  }

  async #keepWhatWas(folder: string, before: PackTexts): Promise<string[]> {
    const { versions, now, log } = this.#parts;
    const content = packContentIn(before);
    if (content) await versions.keep(content);
    const damaged = [...readWhole(folder).problems, ...editedFrom(before).problems]
      .map(({ file }) => file)
      .filter((file) => existsSync(join(folder, file)));
    const warnings: string[] = [];
    for (const file of new Set(damaged)) {
      const copy = await putAside(join(folder, file), now());
      warnings.push(`${join(folder, file)} made no sense; it is kept as ${copy}`);
      log.warn(warnings.at(-1));
    }
    return warnings;
  }

  async #put(module: string, textsOver: (before: PackTexts) => PackTexts): Promise<WrittenPack> {
    const folder = this.folder(module);
    try {
      await finishSave(folder);
      await untilReadable(packPathsIn(folder));
      const before = readWhole(folder).texts;
      const after = textsOver(before);
      checkNames(module, after);
      const written = { module, folder, before, after, warnings: [] };
      if (this.isSame(written)) return written;
      const warnings = await this.#keepWhatWas(folder, before);
      await writePackFolder(folder, before, after);
      return { ...written, warnings };
    } catch (error) {
      throw refusal(folder, error);
    }
  }

  /**
   * Makes a module's folder this pack: all of it or nothing. What it was is kept as a version, a copy of a damaged file
   * beside.
   * @throws AppError `file_unreadable` when it cannot be read or written, `invalid_request` for a name of no file
   */
  write(content: PackContent): Promise<WrittenPack> {
    const pack = { format: packFormat as 1, ...content.pack };
    return this.#put(pack.module, (before) => withComments(before, textsOf({ ...content, pack })));
  }

  /** Moves a whole folder into the trash, whatever is in it. */
  async remove(module: string): Promise<WrittenPack> {
    const { runtimeRoot, now, unwatched } = this.#parts;
    const folder = this.folder(module);
    try {
      await finishSave(folder);
      const before = readPackFolder(folder).texts;
      const trashed = await unwatched(() => moveFolderToTrash(runtimeRoot, folder, `pack-${module}`, now()));
      return { module, folder, before, after: {}, warnings: [], trashed };
    } catch (error) {
      throw refusal(folder, error);
    }
  }

  /** Nothing was to be written: all was so already. */
  isSame({ before, after }: WrittenPack): boolean {
    return isDeepStrictEqual(before, after);
  }

  #check({ folder, after }: WrittenPack): void {
    if (!isDeepStrictEqual(readWhole(folder).texts, after))
      throw new AppError('invalid_request', `${folder} was changed again since; undo that first`);
  }

  undoStep(written: WrittenPack): UndoStep {
    const { module, folder, before, trashed } = written;
    return {
      check: () => this.#check(written),
      run: async () => {
        this.#check(written);
        if (Object.keys(before).length === 0 && existsSync(folder)) await this.remove(module);
        else if (trashed && existsSync(trashed) && !existsSync(folder))
          await this.#parts.unwatched(() => whileHeld(() => rename(trashed, folder)));
        else return (await this.#put(module, () => before)).warnings;
        return [];
      },
    };
  }

  /** Whoever asks for a pack gets the files as they are now. */
  publish(): string[] {
    this.#parts.store.reload();
    return [];
  }
}
