import { existsSync, renameSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { join } from 'node:path';
import type { PackContent } from '../../../contract/user-pack.ts';
import { AppError } from '../lib/app-error.ts';
import { keepBroken } from '../lib/atomic-files.ts';
import type { Log } from '../lib/log.ts';
import type { WayBack } from '../history/change-history.ts';
import { moveFolderToTrash } from '../history/trash.ts';
import { packContentIn } from './pack-content.ts';
import { finishSave, readPackFolder, writePackFolder } from './pack-folder.ts';
import { packFormat } from './migrate-pack-file.ts';
import { userPacksFolder, type PackStore } from './pack-store.ts';
import { editedFrom, textsOf, type PackTexts } from './pack-texts.ts';
import type { PackVersions } from './pack-versions.ts';

export interface PackWriterParts {
  store: PackStore;
  versions: PackVersions;
  runtimeRoot: string;
  log: Log;
  now(): number;
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

/** What the disk refuses is told; anything else stays what it is. */
function unwritable(folder: string, error: unknown): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall === undefined) return error;
  return new AppError('file_unreadable', `${folder} cannot be written (${code})`, { file: folder });
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
    const damaged = [...readPackFolder(folder).problems, ...editedFrom(before).problems]
      .map(({ file }) => file)
      .filter((file) => existsSync(join(folder, file)));
    return [...new Set(damaged)].map((file) => {
      const kept = keepBroken(join(folder, file), now());
      const warning = `${join(folder, file)} could not be read; it is kept as ${kept}`;
      log.warn(warning);
      return warning;
    });
  }

  async #put(module: string, after: PackTexts): Promise<WrittenPack> {
    const folder = this.folder(module);
    try {
      await finishSave(folder);
      const before = readPackFolder(folder).texts;
      const written = { module, folder, before, after, warnings: [] };
      if (this.isSame(written)) return written;
      const warnings = await this.#keepWhatWas(folder, before);
      await writePackFolder(folder, before, after);
      return { ...written, warnings };
    } catch (error) {
      throw unwritable(folder, error);
    }
  }

  /**
   * Makes a module's folder this pack: all of it or nothing. What it was is kept as a version, a damaged file beside.
   * @throws AppError `file_unreadable` when it cannot be written
   */
  write(content: PackContent): Promise<WrittenPack> {
    const pack = { format: packFormat as 1, ...content.pack };
    return this.#put(pack.module, textsOf({ ...content, pack }));
  }

  /** Moves a whole folder into the trash, whatever is in it. */
  async remove(module: string): Promise<WrittenPack> {
    const { runtimeRoot, now } = this.#parts;
    const folder = this.folder(module);
    try {
      await finishSave(folder);
      const before = readPackFolder(folder).texts;
      const trashed = moveFolderToTrash(runtimeRoot, folder, `pack-${module}`, now());
      return { module, folder, before, after: {}, warnings: [], trashed };
    } catch (error) {
      throw unwritable(folder, error);
    }
  }

  /** Nothing was to be written: all was so already. */
  isSame({ before, after }: WrittenPack): boolean {
    return isDeepStrictEqual(before, after);
  }

  #check({ folder, after }: WrittenPack): void {
    if (!isDeepStrictEqual(readPackFolder(folder).texts, after))
      throw new AppError('invalid_request', `${folder} was changed again since; undo that first`);
  }

  wayBack(written: WrittenPack): WayBack {
    const { module, folder, before, trashed } = written;
    return {
      check: () => this.#check(written),
      run: async () => {
        this.#check(written);
        if (Object.keys(before).length === 0 && existsSync(folder)) await this.remove(module);
        else if (trashed && existsSync(trashed) && !existsSync(folder)) renameSync(trashed, folder);
        else return (await this.#put(module, before)).warnings;
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
