import { join } from 'node:path';
import type { ParsedInput } from '../../../../contract/operations/table.ts';
import type { ExportReport } from '../../../../contract/translation.ts';
import { AppError } from '../../lib/app-error.ts';
import type { Env } from '../../lib/host/ports.ts';
import type { RequestContext } from '../../lib/request-context.ts';
import { allowedFolder } from '../project/allowed-folder.ts';
import type { Projects } from '../project/projects.ts';
import type { ProjectStore } from '../store/project-store.ts';
import type { UnitStore } from '../store/unit-store.ts';
import { exportedFiles, GameExport } from './export-game.ts';

/** The default output folder, inside the project's folder. */
const defaultOutput = 'output';

export interface ExportServiceParts {
  projects: Projects;
  store: ProjectStore;
  units: UnitStore;
  env: Env;
}

/** Writes a project's translated files into a folder, and lists them for a download. */
export class ExportService {
  readonly #parts: ExportServiceParts;

  constructor(parts: ExportServiceParts) {
    this.#parts = parts;
  }

  /** @throws AppError `invalid_request` before the first import, or for a folder that the caller may not name */
  async export(input: ParsedInput<'translate.export'>, context: RequestContext): Promise<ExportReport> {
    const { project, to, in_game = false, include_flagged = false } = input;
    const { row, settings, game } = await this.#parts.projects.get(project);
    if (row.imported_at === null)
      throw new AppError('invalid_request', 'the game is not imported yet: import it first', { project });
    const chosen =
      to === undefined ? join(row.folder, defaultOutput) : allowedFolder(to, context.door, this.#parts.env);
    const parts = { project, settings, game, folder: in_game ? game : chosen, inGame: in_game };
    const files = await this.#parts.store.files(project);
    return new GameExport({
      ...parts,
      files,
      includeFlagged: include_flagged,
      units: this.#parts.units,
    }).run();
  }

  /**
   * The files of exports into the project's default folder, for a download.
   * @throws AppError `not_found`, `invalid_request` if nothing was exported there
   */
  async exported(project: string): Promise<{ name: string; files: { path: string; file: string }[] }> {
    const { row, settings } = await this.#parts.projects.get(project);
    const folder = join(row.folder, defaultOutput);
    const files = exportedFiles(folder).map((path) => ({ path, file: join(folder, path) }));
    if (files.length === 0)
      throw new AppError('invalid_request', 'there is nothing to download: export the project first', {
        project,
      });
    return { name: settings.name, files };
  }
}
