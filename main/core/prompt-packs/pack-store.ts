import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { builtInModules, type JsonSchema } from '../../../contract/module-preset.ts';
import type { PackSource } from '../../../contract/prompt-pack.ts';
import { AppError } from '../app-error.ts';
import type { Log } from '../log.ts';
import { nearest } from '../nearest.ts';
import type { Paths } from '../ports.ts';
import { foldModuleName } from '../registry/module-name.ts';
import { loadPack } from './load-pack.ts';
import type { Pack } from './pack.ts';
import { createTemplateEngine, type TemplateEngine } from './template-engine.ts';

export interface PackStoreParts {
  paths: Paths;
  log: Log;
  /** The schema that a module applies by itself. */
  schemaOfModule(module: string): JsonSchema | undefined;
}

interface LoadedPacks {
  byModule: ReadonlyMap<string, Pack>;
  warnings: string[];
}

/** Where the user's own packs are: a folder each, named after its module. */
export function userPacksFolder(runtimeRoot: string): string {
  return join(runtimeRoot, 'config', 'llm', 'packs');
}

function foldersIn(parent: string): string[] {
  try {
    const entries = readdirSync(parent, { withFileTypes: true });
    return entries
      .filter((e) => e.isDirectory() && !e.name.startsWith('.'))
      .map((e) => join(parent, e.name))
      .sort();
  } catch {
    return [];
  }
}

function placeInList({ file }: Pack): number {
  const place = (builtInModules as readonly string[]).indexOf(file.module);
  return place < 0 ? builtInModules.length : place;
}

/** The prompt packs that ship and the user's over them, read when they are first asked for. */
export class PackStore {
  readonly #parts: PackStoreParts;
  #engine: Promise<TemplateEngine> | undefined;
  #loaded: Promise<LoadedPacks> | undefined;

  constructor(parts: PackStoreParts) {
    this.#parts = parts;
  }

  /** Every file is read again when a pack is next asked for. */
  reload(): void {
    this.#loaded = undefined;
  }

  async #load(): Promise<LoadedPacks> {
    const { paths, log, schemaOfModule } = this.#parts;
    this.#engine ??= createTemplateEngine();
    const engine = await this.#engine;
    const byModule = new Map<string, Pack>();
    const warnings: string[] = [];
    const take = (folder: string, source: PackSource, otherwise: string) => {
      try {
        const pack = loadPack({ folder, source, engine, schemaOfModule });
        byModule.set(pack.file.module, pack);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        warnings.push(`${error.message}; ${otherwise}`);
        log.warn(`prompt pack: ${error.message}`);
      }
    };
    for (const folder of foldersIn(join(paths.appRoot, 'prompt-packs')))
      take(folder, 'built-in', 'the installation is damaged');
    for (const folder of foldersIn(userPacksFolder(paths.runtimeRoot)))
      take(folder, 'user', 'the pack is left out');
    return { byModule, warnings };
  }

  #packs(): Promise<LoadedPacks> {
    return (this.#loaded ??= this.#load());
  }

  /** All packs in the modules' order; `warnings` name each that could not be used. */
  async all(): Promise<{ packs: Pack[]; warnings: string[] }> {
    const { byModule, warnings } = await this.#packs();
    return { packs: [...byModule.values()].toSorted((a, b) => placeInList(a) - placeInList(b)), warnings };
  }

  /**
   * A module's pack; its name folds as everywhere.
   * @throws AppError `unknown_module` with the list of those there are
   */
  async get(module: string): Promise<Pack> {
    const { byModule } = await this.#packs();
    const pack = byModule.get(foldModuleName(module));
    if (pack) return pack;
    const known = [...byModule.keys()];
    const near = nearest(foldModuleName(module), known);
    throw new AppError(
      'unknown_module',
      `there is no prompt pack for "${module.slice(0, 100)}"${near ? `; did you mean "${near}"?` : ''}`,
      { module, known },
    );
  }
}
