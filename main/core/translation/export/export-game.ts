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
import type { TextDetail } from '../../../../contract/coded-texts.ts';
import type { ExportReport, ProjectFile } from '../../../../contract/translation.ts';
import { FormatError, type Format, type FormatOptions, type WriteProblem } from '../../../formats/define.ts';
import { AppError } from '../../lib/app-error.ts';
import { codedText, detailOf } from '../../lib/coded-text.ts';
import { replaceFile, replaceJson } from '../../lib/files/replace-file.ts';
import type { TranslationFileRow } from '../../database/translation-tables.ts';
import { findFiles, languageFolder, type GameFiles } from '../import/find-files.ts';
import { formatOptions, lazySource } from '../import/format-options.ts';
import type { StoredTranslation, UnitStore } from '../store/unit-store.ts';

export interface ExportParts {
  project: string;
  settings: ProjectFile;
  game: string;
  /** The output folder. */
  folder: string;
  /** `folder` is the game itself; only formats with separate translation files can be written there. */
  inGame: boolean;
  includeFlagged: boolean;
  units: UnitStore;
  /** The file rows of the last import. */
  files: readonly ImportedFile[];
}

type ImportedFile = Pick<TranslationFileRow, 'path' | 'sha256' | 'units' | 'first_ordinal'>;

const manifestName = '.comfyvn-export.json';
const pageSize = 1000;

/** Why a unit's translation is not exported; null if it is. */
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

function problemDetail({ code, message, letter }: WriteProblem): TextDetail {
  if (code === 'missing_unit') return detailOf(codedText('write_problem', 'missing_unit', {}, message));
  if (code === 'syntax' || !letter)
    return detailOf(codedText('write_problem', 'syntax', { message }, message));
  const values = { letter: letter.text, encoding: letter.encoding };
  return detailOf(codedText('write_problem', 'unencodable', values, message));
}

/** Writes a game's translated files. It overwrites only files that an earlier export has written. */
export class GameExport {
  readonly #parts: ExportParts;
  readonly #report: ExportReport;
  readonly #imported: ReadonlyMap<string, ImportedFile>;
  /** Files that earlier exports wrote into the folder. */
  readonly #exported: Set<string>;
  #sources: ReadonlySet<string> = new Set();
  readonly #written = new Set<string>();
  /** Number of translations in each counted file. */
  readonly #counted = new Map<string, number>();

  constructor(parts: ExportParts) {
    this.#parts = parts;
    const left_out = { untranslated: 0, flagged: 0, stale: 0, read_only: 0 };
    this.#report = { folder: parts.folder, files: [], written_units: 0, left_out, problems: [] };
    this.#imported = new Map(parts.files.map((file) => [file.path, file]));
    this.#exported = new Set(readManifest(parts.folder));
  }

  /** @throws AppError `invalid_request` before it would overwrite a source */
  async run(): Promise<ExportReport> {
    const { game, settings, folder, inGame } = this.#parts;
    if (!inGame) this.#refuseSources();
    const gameFiles = findFiles(game, settings);
    this.#requireUnchanged(gameFiles);
    this.#sources = new Set(gameFiles.files.map(({ path }) => path));
    const options = formatOptions(game, settings, gameFiles);
    const formats = new Set(gameFiles.files.map(({ format }) => format));
    try {
      for (const format of formats) {
        if (format.translationFiles && gameFiles.files.every((file) => !isTranslation(file, gameFiles)))
          await this.#writeTranslationFiles(format, gameFiles, options);
        else if (inGame)
          throw new AppError(
            'invalid_request',
            `${format.label} keeps translations in the source files themselves, which are never written over: export to a folder`,
          );
        else await this.#writeCopies(format, gameFiles, options);
      }
    } finally {
      // The manifest lists the written files even if the export has failed.
      const files = [...new Set([...this.#exported, ...this.#written])].sort();
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

  /** @throws AppError `invalid_request` for a file that changed since the import: line numbers in keys could be wrong */
  #requireUnchanged({ files }: GameFiles): void {
    for (const { path } of files) {
      const file = this.#imported.get(path);
      if (!file || sha256Of(join(this.#parts.game, path)) === file.sha256) continue;
      const message = `${path} has changed since the last import: import the game again`;
      throw new AppError('invalid_request', message, { path });
    }
  }

  /** Reads a file's translations page by page. The first call for a file also counts them. */
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

  /** Writes the format's separate translation files, one at a time. */
  async #writeTranslationFiles(format: Format, gameFiles: GameFiles, options: FormatOptions): Promise<void> {
    const { game, settings } = this.#parts;
    const ownFiles = gameFiles.files.filter((file) => file.format === format);
    const sources = [...ownFiles, ...gameFiles.translations].map(({ path }) => lazySource(game, path));
    const language = { ...options, targetLanguage: languageFolder(settings) };
    const parts = format.translationFiles?.(sources, (path) => this.#targets(path), language) ?? [];
    try {
      for await (const { files, problems } of parts) {
        for (const { path, bytes } of files) await this.#write(path, bytes, 0);
        for (const problem of problems) this.#addProblem(problem.path, problem);
        this.#report.written_units -= problems.length;
      }
    } catch (error) {
      throw unreadable(error, game);
    }
    for (const { path } of ownFiles) this.#report.written_units += this.#counted.get(path) ?? 0;
  }

  /** Writes copies of the source files, with translations in place of the texts. */
  async #writeCopies(format: Format, gameFiles: GameFiles, options: FormatOptions): Promise<void> {
    const { game } = this.#parts;
    for (const { path, format: fileFormat } of gameFiles.files) {
      if (fileFormat !== format) continue;
      const targets = await this.#targets(path);
      const bytes = readFileSync(join(game, path));
      const written = withPath(() => format.write(bytes, path, targets, options), path);
      for (const problem of written.problems) this.#addProblem(path, problem);
      const units = targets.size - written.problems.filter(({ code }) => code !== 'missing_unit').length;
      await this.#write(path, written.bytes, units);
      this.#report.written_units += units;
    }
  }

  #addProblem(path: string, problem: WriteProblem): void {
    const { key, code, message } = problem;
    this.#report.problems.push({ path, key, code, message, message_detail: problemDetail(problem) });
  }

  async #write(path: string, bytes: Uint8Array, units: number): Promise<void> {
    const { folder, inGame } = this.#parts;
    const file = join(folder, path);
    if (inGame && this.#sources.has(path))
      throw new AppError('invalid_request', `${path} is a source of the game, which is never written over`);
    // The game's own translation files may be overwritten: the format has merged their content.
    const mayReplace = inGame || this.#exported.has(path) || this.#written.has(path);
    if (existsSync(file) && !mayReplace && !statSync(file).isDirectory())
      throw new AppError(
        'invalid_request',
        `${file} already exists, and no export wrote it: name another folder`,
        { file },
      );
    mkdirSync(dirname(file), { recursive: true });
    // New files are readable by other users. No fsync, because an export can be repeated.
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

/** True if a game without source files has only its translation files, which are then exported like sources. */
function isTranslation(file: GameFiles['files'][number], { translations }: GameFiles): boolean {
  return translations.length === 0 && /(?:^|\/)tl\/[^/]+\//u.test(file.path);
}

function withPath<T>(work: () => T, path: string): T {
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

/** Existing files that exports wrote into a folder. */
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
