import { randomBytes } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, relative, isAbsolute } from 'node:path';
import { projectFile, type ProjectFile } from '../../../../contract/translation.ts';
import type { ProjectRow } from '../../database/translation-tables.ts';
import { AppError } from '../../lib/app-error.ts';
import { fieldProblems, problemsText } from '../../lib/validation.ts';
import { storedTask } from '../run/run-order.ts';
import type { ProjectStore } from '../store/project-store.ts';
import type { RunStore } from '../store/run-store.ts';
import { isWithin } from './allowed-folder.ts';
import {
  gameFolder,
  hasProjectFile,
  isProjectFolder,
  readProject,
  writeGlossary,
  writeProject,
} from './project-folder.ts';

/** A project: its row, and the current settings from its folder. */
export interface Project {
  row: ProjectRow;
  settings: ProjectFile;
  /** The game's folder. */
  game: string;
}

export interface NewProject extends Omit<ProjectFile, 'id' | 'format' | 'name' | 'game'> {
  name?: string | undefined;
  /** The game's absolute path. Without it, `copyGame` creates the game. */
  game?: string | undefined;
  /** Copies the game into the project's folder. If it throws, no project is created. */
  copyGame?: ((folder: string) => Promise<void>) | undefined;
  /** The project's absolute path; without it, the panel chooses a folder. */
  folder?: string | undefined;
}

function requireFolder(path: string): void {
  if (existsSync(path) && statSync(path).isDirectory()) return;
  throw new AppError('file_unreadable', `${path} is not a folder`, { folder: path });
}

/** The folder of a project's own copy of its game. */
const gameCopyFolder = 'game';

/** A short id that contains the game's name. */
function newId(name: string): string {
  const word = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 24);
  return `${word || 'game'}-${randomBytes(3).toString('hex')}`;
}

/** Finds, creates and opens projects. */
export class Projects {
  readonly #store: ProjectStore;
  /** The parent of projects without a folder of the user's choice. */
  readonly #home: string;
  readonly #now: () => number;
  readonly #runs: RunStore;

  constructor(store: ProjectStore, runs: RunStore, home: string, now: () => number) {
    [this.#store, this.#runs, this.#home, this.#now] = [store, runs, home, now];
  }

  list(): Promise<ProjectRow[]> {
    return this.#store.list();
  }

  /** @throws AppError `not_found`; `file_unreadable` if its folder is missing or its settings are invalid */
  async get(id: string): Promise<Project> {
    const row = await this.#store.find(id);
    if (!row) throw new AppError('not_found', `there is no translation project "${id}"`, { project: id });
    const settings = readProject(row.folder);
    if (settings.id !== row.id)
      throw new AppError('file_unreadable', `${row.folder} holds the project ${settings.id}, not ${row.id}`);
    return { row, settings, game: gameFolder(row.folder, settings) };
  }

  /**
   * Like `get`, for operations that need no files: if the project's folder is on another machine, this returns the settings
   * of its last run.
   */
  async getWithoutFiles(id: string): Promise<Project> {
    const row = await this.#store.find(id);
    if (!row || isProjectFolder(row.folder)) return this.get(id);
    const task = await this.#runs.lastTask(id);
    if (task === null) return this.get(id);
    const { settings } = storedTask(task);
    return { row, settings, game: settings.game };
  }

  /** @throws AppError `invalid_request` if the folder already has a project, or a `game` folder where the copy would go */
  async create({ name, game: existingGame, copyGame, folder, ...options }: NewProject): Promise<Project> {
    if (existingGame !== undefined) requireFolder(existingGame);
    const gameName = (existingGame ?? '').split(/[\\/]/).findLast((part) => part !== '');
    const projectName = (name ?? gameName) || 'game';
    const id = newId(projectName);
    const home = folder ?? join(this.#home, id);
    if (isProjectFolder(home))
      throw new AppError(
        'invalid_request',
        `${home} holds a translation project already: open it, or name another folder`,
      );
    if (hasProjectFile(home))
      throw new AppError(
        'invalid_request',
        `${home} holds a project.json of another program: name another folder for the translation project`,
      );
    const game = existingGame ?? join(home, gameCopyFolder);
    if (copyGame && existsSync(game))
      throw new AppError('invalid_request', `${game} already exists: name another folder for the project`);
    if (copyGame) await copyGame(game);
    const relativeGame = relative(home, game).replaceAll('\\', '/');
    // A project inside or next to its game stores a relative path, so that both can be moved together.
    const isNear =
      isWithin(game, home) ||
      (!isAbsolute(relativeGame) && relativeGame.split('/').filter((part) => part === '..').length <= 1);
    const settings = parsed({
      ...options,
      format: 1,
      id,
      name: projectName,
      game: isNear && relativeGame !== '' ? relativeGame : game,
    });
    await writeProject(home, settings);
    await writeGlossary(home, []);
    return this.#register(home, settings);
  }

  /** @throws AppError `file_unreadable` if the folder has no valid project */
  async open(folder: string): Promise<Project> {
    const settings = readProject(folder);
    const row = await this.#store.find(settings.id);
    if (!row) return this.#register(folder, settings);
    if (row.folder !== folder) {
      if (isProjectFolder(row.folder) && readProject(row.folder).id === settings.id)
        throw new AppError(
          'id_taken',
          `${row.folder} has the same project id ${settings.id}: give one of the two another "id" in project.json`,
        );
      await this.#store.update(row.id, { folder });
    }
    return { row: { ...row, folder }, settings, game: gameFolder(folder, settings) };
  }

  /**
   * Removes a project from the list, even if its folder is missing.
   * @param deleteFiles also delete its folder, unless the user chose that folder
   * @throws AppError `not_found`
   */
  async remove(id: string, deleteFiles: boolean): Promise<{ folder: string; deleted: boolean }> {
    const row = await this.#store.find(id);
    if (!row) throw new AppError('not_found', `there is no translation project "${id}"`, { project: id });
    await this.#store.remove(id);
    const { folder } = row;
    const deleted = deleteFiles && folder !== this.#home && isWithin(this.#home, folder);
    if (deleted) await rm(folder, { recursive: true, force: true });
    return { folder, deleted };
  }

  /** @throws AppError `invalid_request` with every invalid field */
  async configure(id: string, set: Record<string, unknown>): Promise<ProjectFile> {
    const { row, settings } = await this.get(id);
    const changed: Record<string, unknown> = { ...settings };
    for (const [name, value] of Object.entries(set)) {
      if (value === null) delete changed[name];
      else if (value !== undefined) changed[name] = value;
    }
    const next = parsed(changed);
    await writeProject(row.folder, next);
    await this.#store.update(id, { name: next.name, target_language: next.target_language });
    return next;
  }

  async #register(folder: string, settings: ProjectFile): Promise<Project> {
    const row: ProjectRow = {
      id: settings.id,
      name: settings.name,
      folder,
      target_language: settings.target_language,
      generation: 0,
      created_at: this.#now(),
      imported_at: null,
    };
    await this.#store.add(row);
    return { row, settings, game: gameFolder(folder, settings) };
  }
}

function parsed(value: unknown): ProjectFile {
  const result = projectFile.safeParse(value);
  if (result.success) return result.data;
  const fields = fieldProblems(result.error, projectFile);
  throw new AppError('invalid_request', problemsText(fields), { fields });
}
