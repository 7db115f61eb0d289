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
import { notice, type Notice } from '../lib/notice.ts';

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
  /** Pauses watching of the packs' folders: Windows does not move a folder while one inside it is watched. */
  unwatched: WatchPause;
}

/** A folder before and after a change; without files if it does not exist. */
export interface WrittenPack {
  module: string;
  folder: string;
  before: PackTexts;
  after: PackTexts;
  warnings: Notice[];
  trashed?: string;
}

/** Converts a file system error to an AppError; other errors stay unchanged. */
function refusal(folder: string, error: unknown): unknown {
  return (error as NodeJS.ErrnoException).syscall === undefined ? error : unwritable(folder, error);
}

/** @throws AppError `invalid_request` for a name that Windows does not allow: the pack could not be shared */
function checkNames(module: string, texts: PackTexts): void {
  const names = [module, ...Object.keys(texts).map((file) => basename(file))];
  const bad = names.find(isReservedName);
  if (bad !== undefined)
    throw new AppError('invalid_request', `"${bad}" cannot be a file's name on Windows: choose another one`);
}

/** Preserves something invalid: a file is copied, while a folder in a file's place is moved away. */
async function putAside(path: string, now: number): Promise<string> {
  if (!isFolder(path)) return quarantineCopy(path, now);
  const copy = quarantineName(path, now);
  await whileHeld(() => rename(path, copy));
  return copy;
}

/** Edits only the differences in JSON files that contain the user's comments. */
function withComments(before: PackTexts, after: PackTexts): PackTexts {
  const texts = Object.entries(after).map(([file, text]) =>
    file.endsWith('.json') ? [file, jsonTextOver(before[file], JSON.parse(text))] : [file, text],
  );
  return Object.fromEntries(texts) as PackTexts;
}

/** @throws AppError `file_unreadable` if one of the files cannot be read now: it would be lost */
function readWhole(folder: string): PackFiles {
  const files = readPackFolder(folder);
  if (!files.unreadable) return files;
  const [first] = files.problems;
  throw unreadable(first ? join(folder, first.file) : folder, first?.message ?? 'cannot be read');
}

/** Writes and restores the folders of the user's packs; calls must not overlap. */
export class PackWriter {
  readonly #parts: PackWriterParts;

  constructor(parts: PackWriterParts) {
    this.#parts = parts;
  }

  folder(module: string): string {
    return join(userPacksFolder(this.#parts.runtimeRoot), module);
  }

  /** The pack as it is on disk; undefined if there is none, or none that can be read. */
  read(module: string): PackContent | undefined {
    return packContentIn(readPackFolder(this.folder(module)).texts);
  }

  async #keepWhatWas(folder: string, before: PackTexts): Promise<Notice[]> {
    const { versions, now, log } = this.#parts;
    const content = packContentIn(before);
    if (content) await versions.keep(content);
    const damaged = [...readWhole(folder).problems, ...editedFrom(before).problems]
      .map(({ file }) => file)
      .filter((file) => existsSync(join(folder, file)));
    const warnings: Notice[] = [];
    for (const file of new Set(damaged)) {
      const path = join(folder, file);
      const copy = await putAside(path, now());
      const message = `${path} made no sense; it is kept as ${copy}`;
      warnings.push(notice('pack_file_copied', { path, copy }, message));
      log.warn(message);
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
   * Writes a pack to its module's folder: all of it or nothing. The previous state is stored as a version,
   * and damaged files are copied.
   * @throws AppError `file_unreadable` if it cannot be read or written, `invalid_request` for an invalid file
   * name
   */
  write(content: PackContent): Promise<WrittenPack> {
    const pack = { format: packFormat as 1, ...content.pack };
    return this.#put(pack.module, (before) => withComments(before, textsOf({ ...content, pack })));
  }

  /** Moves a whole folder to the trash, whatever is in it. */
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

  /** True if nothing had to be written. */
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

  /** Makes the next access read the files again. */
  publish(): Notice[] {
    this.#parts.store.reload();
    return [];
  }
}
