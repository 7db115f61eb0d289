import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { ExportReport, ProjectFile } from '../../../../contract/translation.ts';
import { FormatError, type Format, type FormatOptions, type WriteProblem } from '../../../formats/define.ts';
import { AppError } from '../../lib/app-error.ts';
import { replaceFile, replaceJson } from '../../lib/files/replace-file.ts';
import type { TranslationFileRow } from '../../database/translation-tables.ts';
import { findFiles, languageFolder, type FoundFiles } from '../import/find-files.ts';
import { formatOptions, lazySource } from '../import/format-options.ts';
import type { StoredTranslation, UnitStore } from '../store/unit-store.ts';

export interface ExportParts {
  project: string;
  settings: ProjectFile;
  game: string;
  /** Where files go. */
  folder: string;
  /** `folder` is the game: only formats with a place beside the sources write there. */
  inGame: boolean;
  includeFlagged: boolean;
  units: UnitStore;
  /** As the last import read them. */
  files: readonly ImportedFile[];
}

type ImportedFile = Pick<TranslationFileRow, 'path' | 'sha256' | 'units' | 'first_ordinal'>;

const manifestName = '.comfyvn-export.json';
const pageSize = 1000;

/** Why a unit's translation does not go into the files; null where it does. */
function reasonToLeaveOut(
  unit: StoredTranslation,
  includeFlagged: boolean,
): keyof ExportReport['left_out'] | null {
  if (unit.read_only !== null) return 'read_only';
  if (unit.stale === 1 && unit.target === null) return 'stale';
  if (unit.target === null || unit.state === 'new') return 'untranslated';
  const accepted = unit.state === 'reviewed' || unit.state === 'locked';
  if (!accepted && !includeFlagged && unit.severity === 'error') return 'flagged';
  return null;
}

/** Writes the translated files of a game to another folder. A file that we did not write is never written over. */
export class GameExport {
  readonly #parts: ExportParts;
  readonly #report: ExportReport;
  readonly #imported: ReadonlyMap<string, ImportedFile>;
  readonly #ours: Set<string>;
  #sources: ReadonlySet<string> = new Set();
  readonly #written = new Set<string>();
  /** Translations of each file that was counted. */
  readonly #counted = new Map<string, number>();

  constructor(parts: ExportParts) {
    this.#parts = parts;
    const left_out = { untranslated: 0, flagged: 0, stale: 0, read_only: 0 };
    this.#report = { folder: parts.folder, files: [], written_units: 0, left_out, problems: [] };
    this.#imported = new Map(parts.files.map((file) => [file.path, file]));
    this.#ours = new Set(readManifest(parts.folder));
  }

  /** @throws AppError `invalid_request` before anything is written that would lie over a source */
  async run(): Promise<ExportReport> {
    const { game, settings, folder, inGame } = this.#parts;
    if (!inGame) this.#refuseSources();
    const found = findFiles(game, settings);
    this.#requireUnchanged(found);
    this.#sources = new Set(found.files.map(({ path }) => path));
    const options = formatOptions(game, settings, found);
    const formats = new Set(found.files.map(({ format }) => format));
    try {
      for (const format of formats) {
        if (format.translationFiles && found.files.every((file) => !isTranslation(file, found)))
          await this.#beside(format, found, options);
        else if (inGame)
          throw new AppError(
            'invalid_request',
            `${format.label} keeps translations in the source files themselves, which are never written over: export to a folder`,
          );
        else await this.#copies(format, found, options);
      }
    } finally {
      // What is there is ours, also where the rest could not be written.
      const files = [...new Set([...this.#ours, ...this.#written])].sort();
      if (!inGame && files.length) await replaceJson(join(folder, manifestName), { files });
    }
    return this.#report;
  }

  #refuseSources(): void {
    const { folder, game } = this.#parts;
    const real = (path: string) => (existsSync(path) ? realpathSync(path) : resolve(path));
    if (real(folder) === real(game))
      throw new AppError(
        'invalid_request',
        `${folder} is the game itself, whose files are never written over`,
      );
  }

  /** @throws AppError `invalid_request` for a file that changed since the import: keys that count lines would lead astray */
  #requireUnchanged({ files }: FoundFiles): void {
    for (const { path } of files) {
      const file = this.#imported.get(path);
      if (!file || sha256Of(join(this.#parts.game, path)) === file.sha256) continue;
      const message = `${path} has changed since the last import: import the game again`;
      throw new AppError('invalid_request', message, { path });
    }
  }

  /** The translations of one file, page by page; counted when they are first asked for. */
  async #targets(path: string): Promise<Map<string, string>> {
    const { units, project, includeFlagged } = this.#parts;
    const targets = new Map<string, string>();
    const file = this.#imported.get(path);
    if (!file) return targets;
    const last = file.first_ordinal + file.units - 1;
    for (let from = file.first_ordinal; from <= last; from += pageSize) {
      for (const unit of await units.translations(project, from, Math.min(last, from + pageSize - 1))) {
        if (unit.file !== path) continue;
        const reason = reasonToLeaveOut(unit, includeFlagged);
        if (reason === null && unit.target !== null) targets.set(unit.key, unit.target);
        else if (reason !== null && !this.#counted.has(path)) this.#report.left_out[reason]++;
      }
    }
    this.#counted.set(path, targets.size);
    return targets;
  }

  /** Files of the format's own, beside the sources, one after the other. */
  async #beside(format: Format, found: FoundFiles, options: FormatOptions): Promise<void> {
    const { game, settings } = this.#parts;
    const own = found.files.filter((file) => file.format === format);
    const sources = [...own, ...found.translations].map(({ path }) => lazySource(game, path));
    const language = { ...options, targetLanguage: languageFolder(settings) };
    const parts = format.translationFiles?.(sources, (path) => this.#targets(path), language) ?? [];
    try {
      for await (const { files, problems } of parts) {
        for (const { path, bytes } of files) await this.#write(path, bytes, 0);
        for (const problem of problems) this.#problem(problem.path, problem);
        this.#report.written_units -= problems.length;
      }
    } catch (error) {
      throw unreadable(error, game);
    }
    for (const { path } of own) this.#report.written_units += this.#counted.get(path) ?? 0;
  }

  /** The source files with translations in the place of the texts. */
  async #copies(format: Format, found: FoundFiles, options: FormatOptions): Promise<void> {
    const { game } = this.#parts;
    for (const { path, format: its } of found.files) {
      if (its !== format) continue;
      const targets = await this.#targets(path);
      const bytes = readFileSync(join(game, path));
      const written = readable(() => format.write(bytes, path, targets, options), path);
      for (const problem of written.problems) this.#problem(path, problem);
      const units = targets.size - written.problems.filter(({ code }) => code !== 'missing_unit').length;
      await this.#write(path, written.bytes, units);
      this.#report.written_units += units;
    }
  }

  #problem(path: string, { key, code, message }: WriteProblem): void {
    this.#report.problems.push({ path, key, code, message });
  }

  async #write(path: string, bytes: Uint8Array, units: number): Promise<void> {
    const { folder, inGame } = this.#parts;
    const file = join(folder, path);
    if (inGame && this.#sources.has(path))
      throw new AppError('invalid_request', `${path} is a source of the game, which is never written over`);
    // A file of the game's translations is written in place: the format keeps what is there.
    const known = inGame || this.#ours.has(path) || this.#written.has(path);
    if (existsSync(file) && !known && !statSync(file).isDirectory())
      throw new AppError(
        'invalid_request',
        `${file} is there already, and no export of ours wrote it: name another folder`,
        { file },
      );
    mkdirSync(dirname(file), { recursive: true });
    // A game is for others too; it can be written again, so nothing waits for the disk.
    await replaceFile(file, bytes, { fsync: false, ...(existsSync(file) ? {} : { mode: 0o644 }) });
    this.#written.add(path);
    this.#report.files.push({ path, units });
  }
}

/** Piece by piece: all files of a game are read before the first is written. */
function sha256Of(file: string): string {
  const sum = createHash('sha256');
  const piece = Buffer.allocUnsafe(64 * 1024);
  const descriptor = openSync(file, 'r');
  try {
    for (let read = 0; (read = readSync(descriptor, piece)) > 0;) sum.update(piece.subarray(0, read));
  } finally {
    closeSync(descriptor);
  }
  return sum.digest('hex');
}

function isTranslation(file: FoundFiles['files'][number], { translations }: FoundFiles): boolean {
  // Without sources, the translations' files are all there is, and are written as such.
  return translations.length === 0 && /(?:^|\/)tl\/[^/]+\//u.test(file.path);
}

function readable<T>(work: () => T, path: string): T {
  try {
    return work();
  } catch (error) {
    throw unreadable(error, path);
  }
}

function unreadable(error: unknown, path: string): unknown {
  if (!(error instanceof FormatError)) return error;
  return new AppError('file_unreadable', `${path}: ${error.message}`, undefined, { cause: error });
}

/** Files that exports wrote into a folder and that are still there. */
export function exportedFiles(folder: string): string[] {
  return readManifest(folder).filter((path) => existsSync(join(folder, path)));
}

function readManifest(folder: string): string[] {
  try {
    const { files } = JSON.parse(readFileSync(join(folder, manifestName), 'utf8')) as { files?: unknown };
    return Array.isArray(files) ? files.filter((path) => typeof path === 'string') : [];
  } catch {
    return [];
  }
}
