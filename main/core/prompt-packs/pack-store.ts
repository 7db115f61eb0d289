import { basename, join } from 'node:path';
import { builtInModules, type JsonSchema } from '../../../contract/module-preset.ts';
import type { PackSource } from '../../../contract/prompt-pack.ts';
import type { EditedPack, PackProblem } from '../../../contract/user-pack.ts';
import { AppError } from '../lib/app-error.ts';
import { registryParts } from '../registry/registry-problem.ts';
import type { FolderLock } from '../lib/files/folder-lock.ts';
import type { Log } from '../lib/log/log.ts';
import { readFolder } from '../lib/files/read-text-file.ts';
import { suggest } from '../lib/suggest.ts';
import type { Paths } from '../lib/host/ports.ts';
import { foldModuleName } from '../registry/module-name.ts';
import { checkPack, type CheckedPack } from './check-pack.ts';
import { loadPack } from './load-pack.ts';
import type { Pack } from './pack.ts';
import {
  finishSave,
  hasLeftOvers,
  readPackFolder,
  removeLeftOvers,
  unfinishedIn,
} from './files/pack-folder.ts';
import { createTemplateEngine, type TemplateEngine } from './template/template-engine.ts';
import { filePart, notice, type Notice } from '../lib/notice.ts';

export interface PackStoreParts {
  paths: Paths;
  log: Log;
  lock: FolderLock;
  /** The module's default schema. */
  schemaOfModule(module: string): JsonSchema | undefined;
}

/** A folder of the user's, as read. */
export interface OwnFolder {
  folder: string;
  module: string;
  pack: Pack | null;
  /** Why it is not used. */
  problem: string | null;
  /** The same, one entry per problem. */
  problems: readonly PackProblem[];
}

export interface LoadedPacks {
  builtIn: ReadonlyMap<string, Pack>;
  own: ReadonlyMap<string, OwnFolder>;
  /** The user's packs override the built-in ones. */
  byModule: ReadonlyMap<string, Pack>;
  warnings: Notice[];
}

/** The folder of the user's own packs: one subfolder each, named after its module. */
export function userPacksFolder(runtimeRoot: string): string {
  return join(runtimeRoot, 'config', 'llm', 'packs');
}

/** The pack folders in a folder, by name; empty if it cannot be read. */
export function packFoldersIn(parent: string): string[] {
  const read = readFolder(parent);
  if ('problem' in read) return [];
  return read.folders.filter((name) => !name.startsWith('.')).map((name) => join(parent, name));
}

export function placeInList(module: string): number {
  const position = (builtInModules as readonly string[]).indexOf(module);
  return position < 0 ? builtInModules.length : position;
}

/** The built-in prompt packs with the user's over them, read on first use. */
export class PackStore {
  readonly #parts: PackStoreParts;
  #engine: Promise<TemplateEngine> | undefined;
  #loaded: Promise<LoadedPacks> | undefined;
  /** The user's packs as last read: those that cannot be read now stay in use. */
  #lastOwn: ReadonlyMap<string, OwnFolder> = new Map();
  #finished = false;
  #again = false;

  constructor(parts: PackStoreParts) {
    this.#parts = parts;
  }

  /** Reads every file again on next use. */
  reload(): void {
    this.#loaded = undefined;
  }

  #ready(): Promise<TemplateEngine> {
    return (this.#engine ??= createTemplateEngine());
  }

  /**
   * Finishes saves that the last run did not, after which manual changes count again. Nothing waits for this,
   * because an unfinished save already counts. Needs the lock, because a save may be in progress in another
   * process.
   */
  async #finishSaves(parent: string): Promise<void> {
    if (this.#finished) return;
    this.#finished = true;
    const { lock, log } = this.#parts;
    const report = (error: unknown) =>
      log.warn(`a save that was cut off cannot be finished: ${String(error)}`);
    const work = async () => {
      await removeLeftOvers(parent, Date.now());
      for (const folder of unfinishedIn(parent)) await finishSave(folder).catch(report);
    };
    if (hasLeftOvers(parent)) await lock.run(work).catch(report);
  }

  async #load(): Promise<LoadedPacks> {
    const { paths, log, schemaOfModule } = this.#parts;
    const engine = await this.#ready();
    const ownParent = userPacksFolder(paths.runtimeRoot);
    void this.#finishSaves(ownParent);
    const warnings: Notice[] = [];
    const take = (folder: string, source: PackSource, otherwise: string): OwnFolder => {
      const module = basename(folder);
      try {
        const pack = loadPack(folder, { source, engine, schemaOfModule });
        return { folder, module, pack, problem: null, problems: [] };
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        const last = this.#unreadableNow(folder) ? this.#lastOwn.get(module)?.pack : undefined;
        const message = `${error.message}; ${last ? 'it is used as it was last read' : otherwise}`;
        const values = { message: error.message, last: last !== undefined, shipped: source === 'built-in' };
        warnings.push(notice('pack_unusable', values, message, registryParts(error)));
        log.warn(`prompt pack: ${error.message}`);
        const problems = (error.details?.['problems'] ?? []) as PackProblem[];
        return { folder, module, pack: last ?? null, problem: error.message, problems };
      }
    };
    const shipped = packFoldersIn(join(paths.appRoot, 'prompt-packs')).map((folder) =>
      take(folder, 'built-in', 'the installation is damaged'),
    );
    const own = this.#ownFolders(ownParent, warnings, (folder) =>
      take(folder, 'user', 'the pack is left out'),
    );
    this.#lastOwn = new Map(own.map((folder) => [folder.module, folder]));
    const usable = (folders: OwnFolder[]) =>
      folders.flatMap(({ module, pack }) => (pack ? [[module, pack] as const] : []));
    return {
      builtIn: new Map(usable(shipped)),
      own: this.#lastOwn,
      byModule: new Map([...usable(shipped), ...usable(own)]),
      warnings,
    };
  }

  /** Becoming readable again does not change anything on disk, so the next access reads once more. */
  #unreadableNow(folder: string): boolean {
    const { unreadable } = readPackFolder(folder);
    if (unreadable) this.#again = true;
    return unreadable;
  }

  #ownFolders(parent: string, warnings: Notice[], take: (folder: string) => OwnFolder): OwnFolder[] {
    const read = readFolder(parent);
    if (!('problem' in read)) return packFoldersIn(parent).map(take);
    this.#again = true;
    const { problem, detail } = read;
    const message = `${parent} ${problem}; your prompt packs are used as they were last read`;
    const values = { folder: parent, problem, content: 'packs' as const };
    warnings.push(notice('folder_unreadable', values, message, filePart(detail)));
    return [...this.#lastOwn.values()];
  }

  shippedFolder(module: string): string {
    return join(this.#parts.paths.appRoot, 'prompt-packs', module);
  }

  /** All packs as last read. */
  loaded(): Promise<LoadedPacks> {
    if (this.#again) this.reload();
    this.#again = false;
    return (this.#loaded ??= this.#load());
  }

  /** The check that every user pack has to pass. Takes up to a second per rendering. */
  async checker(): Promise<(edited: EditedPack, module?: string) => CheckedPack> {
    const rules = {
      source: 'user' as const,
      engine: await this.#ready(),
      schemaOfModule: this.#parts.schemaOfModule,
    };
    return (edited, module) => checkPack(edited, rules, module);
  }

  /** All packs in the modules' order; `warnings` name each one that could not be used. */
  async all(): Promise<{ packs: Pack[]; warnings: Notice[] }> {
    const { byModule, warnings } = await this.loaded();
    const inOrder = (a: Pack, b: Pack) => placeInList(a.file.module) - placeInList(b.file.module);
    return { packs: [...byModule.values()].toSorted(inOrder), warnings };
  }

  /**
   * A module's pack, by any form of the module's name.
   * @throws AppError `unknown_module` with the list of modules
   */
  async get(module: string): Promise<Pack> {
    const { byModule } = await this.loaded();
    return byModule.get(foldModuleName(module)) ?? this.unknown(module, [...byModule.keys()]);
  }

  /** @throws AppError `unknown_module` */
  unknown(module: string, known: readonly string[]): never {
    const near = suggest(foldModuleName(module), known);
    throw new AppError(
      'unknown_module',
      `there is no prompt pack for "${module.slice(0, 100)}"${near ? `; did you mean "${near}"?` : ''}`,
      { module, known },
    );
  }
}
