import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { ImportReport, ProjectFile } from '../../../../contract/translation.ts';
import { FormatError, type FormatOptions, type Unit } from '../../../formats/define.ts';
import { AppError } from '../../lib/app-error.ts';
import { codedText, detailOf } from '../../lib/coded-text.ts';
import { problemOf } from '../checks/problem.ts';
import type { TranslationFileRow } from '../../database/translation-tables.ts';
import { unitChunk, type ImportedUnit, type ImportStore } from '../store/import-store.ts';
import { withoutCode } from '../text/code-tokens.ts';
import { syntaxesOf } from '../units/code-syntaxes.ts';
import { memoryLanguage } from '../units/memory-language.ts';
import { fileIdOf, pairOf, unitIdOf, type UnitIds } from '../units/text-pair.ts';
import { fingerprintOf } from './file-fingerprint.ts';
import { FilePlaces } from './file-places.ts';
import { findFiles, type GameFiles, type GameFile } from './find-files.ts';
import { formatOptions } from './format-options.ts';
import { storedWarnings } from './stored-warnings.ts';

export interface ImportParts {
  project: string;
  /** The game's folder. */
  game: string;
  settings: ProjectFile;
  store: ImportStore;
  generation: number;
  now: number;
}

const chunkSize = 1000;
/** Number of writes that may wait for the database. */
const maxAhead = 4;
const fuzzy = problemOf(
  'warning',
  codedText('unit_problem', 'fuzzy', {}, 'The file marks its translation as a guess.'),
);

/** A unit's state and text after its first import. */
function initialState(
  unit: Unit,
  existing: Unit | undefined,
  format: string,
): Pick<ImportedUnit, 'target' | 'state' | 'origin' | 'problems' | 'severity'> {
  const target = unit.target ?? existing?.target;
  const noProblems = { problems: null, severity: null };
  const inFile = target !== undefined && target !== '' && target !== unit.source;
  if (unit.readOnly !== undefined || existing?.readOnly !== undefined)
    return { target: inFile ? target : null, state: 'locked', origin: 'file', ...noProblems };
  if (inFile && (unit.fuzzy || existing?.fuzzy))
    return {
      target,
      state: 'flagged',
      origin: 'file',
      problems: JSON.stringify([fuzzy]),
      severity: 'warning',
    };
  if (inFile) return { target, state: 'draft', origin: 'file', ...noProblems };
  // Numbers, punctuation and symbols are the same in every language.
  if (!/\p{L}/u.test(withoutCode(unit.source, syntaxesOf(format))))
    return { target: unit.source, state: 'draft', origin: 'copy', ...noProblems };
  return { target: null, state: 'new', origin: null, ...noProblems };
}

/** A unit's translation in a separate file. */
function translationOf(unit: Unit, existing: ReadonlyMap<string, Unit>): Unit | undefined {
  return existing.get(unit.key) ?? unit.aliases?.map((alias) => existing.get(alias)).find((unit) => unit);
}

/** Reads a game's files into units, one file at a time. Units that are no longer in the game are marked as gone. */
export class GameImport {
  readonly #parts: ImportParts;
  readonly #report: ImportReport;
  #ids: UnitIds = 'byFile';
  /** The file rows of the last import, by path. */
  #earlier: ReadonlyMap<string, TranslationFileRow> = new Map();
  #places = new FilePlaces(new Map());
  /** Pending writes, in their order. */
  readonly #writes: Promise<void>[] = [];

  constructor(parts: ImportParts) {
    this.#parts = parts;
    this.#report = {
      files: 0,
      units: 0,
      new: 0,
      changed: 0,
      gone: 0,
      repeats: 0,
      remembered: 0,
      read: [],
      left_out: [],
      warnings: [],
    };
  }

  /** @throws AppError `file_unreadable` if no file can be read */
  async run(): Promise<ImportReport> {
    const { game, settings, store, project } = this.#parts;
    const report = this.#report;
    this.#ids = await store.unitIds(project);
    this.#earlier = await store.files(project);
    this.#places = new FilePlaces(this.#earlier);
    const gameFiles = findFiles(game, settings);
    report.left_out.push(...gameFiles.leftOut);
    const options = formatOptions(game, settings, gameFiles);
    const existing = this.#translations(gameFiles, options);
    try {
      for (const file of gameFiles.files) await this.#importFile(file, options, existing);
    } finally {
      // A failed import must not write any more: the next one may begin.
      await Promise.allSettled(this.#writes);
    }
    if (report.files === 0) {
      // The last one: files that no format reads are listed first.
      const why = report.left_out.map(({ path, reason }) => `${path}: ${reason}`).at(-1);
      const message = `none of the files in ${game} could be read${why === undefined ? '' : `; ${why}`}`;
      throw new AppError('file_unreadable', message, { left_out: report.left_out.slice(0, 20) });
    }
    await this.#writes.at(-1);
    const read = new Set(report.read.map(({ path }) => path));
    await store.forgetFiles(
      [...this.#earlier.values()].flatMap((row) => (read.has(row.path) ? [] : [row.id])),
    );
    report.gone = await store.markGone(project);
    const memory = {
      language: memoryLanguage(settings.target_language),
      others: settings.other_projects === 'reviewed',
    };
    return { ...report, ...(await store.fillAndMarkRepeats(project, memory)) };
  }

  /** The translations in separate files, by the key that they share with the sources. */
  #translations({ translations }: GameFiles, options: FormatOptions): Map<string, Unit> {
    const byKey = new Map<string, Unit>();
    for (const file of translations)
      for (const unit of this.#read(file, options)?.units ?? []) {
        byKey.set(unit.key, unit);
        for (const alias of unit.aliases ?? []) if (!byKey.has(alias)) byKey.set(alias, unit);
      }
    return byKey;
  }

  #read({ path, format }: GameFile, options: FormatOptions) {
    try {
      const bytes = readFileSync(join(this.#parts.game, path));
      return { ...format.read(bytes, path, options), bytes };
    } catch (error) {
      if (!(error instanceof FormatError) && !(error as NodeJS.ErrnoException).code) throw error;
      const { message } = error as Error;
      const text =
        error instanceof FormatError
          ? error.fault
          : codedText('left_out_file', 'unreadable', { line: null, message }, message);
      this.#report.left_out.push({ path, reason: text.message, reason_detail: detailOf(text) });
      return null;
    }
  }

  async #importFile(
    file: GameFile,
    options: FormatOptions,
    existing: ReadonlyMap<string, Unit>,
  ): Promise<void> {
    const { project, store, generation, settings } = this.#parts;
    const { path, format } = file;
    const read = this.#read(file, options);
    if (!read) return;
    const { units, bytes, warnings, encoding } = read;
    const language = memoryLanguage(settings.target_language);
    const report = this.#report;
    const first_ordinal = this.#places.take(path, units.length);
    const fingerprint = fingerprintOf(read, (unit) => translationOf(unit, existing), [format.name, language]);
    const previous = this.#earlier.get(path);
    const isSame = previous?.fingerprint === fingerprint && previous.first_ordinal === first_ordinal;
    // A killed import leaves a mix of old and new units. Without a fingerprint, the next import writes all of them.
    if (!isSame && previous?.fingerprint)
      await this.#write(() => store.saveFile({ ...previous, fingerprint: null }));
    if (!isSame) await this.#saveUnits(file, units, first_ordinal, existing);
    report.files++;
    report.units += units.length;
    report.read.push({ path, format: format.name, encoding: encoding.name, units: units.length });
    report.warnings.push(...warnings.map(({ message }) => `${path}: ${message}`));
    const sha256 = hash('sha256', bytes, 'hex');
    if (isSame && previous.sha256 === sha256) return;
    const row: TranslationFileRow = {
      id: fileIdOf(project, path),
      project,
      path,
      format: format.name,
      encoding: encoding.name,
      bytes: bytes.length,
      units: units.length,
      first_ordinal,
      sha256,
      warnings: storedWarnings(warnings),
      generation: isSame ? previous.generation : generation,
      fingerprint,
    };
    await this.#write(() => store.saveFile(row));
  }

  async #saveUnits(
    file: GameFile,
    units: readonly Unit[],
    first_ordinal: number,
    existing: ReadonlyMap<string, Unit>,
  ): Promise<void> {
    const { store, settings } = this.#parts;
    const language = memoryLanguage(settings.target_language);
    for (let at = 0; at < units.length; at += chunkSize) {
      // Duplicate keys are dropped: one statement cannot write a row twice.
      const byKey = new Map(units.slice(at, at + chunkSize).map((unit) => [unit.key, unit]));
      const [first, ...others] = [...byKey.values()].map((unit, i) =>
        this.#row(unit, file, first_ordinal + at + i, existing),
      );
      if (!first) continue;
      const chunk = unitChunk([first, ...others]);
      await this.#write(async () => {
        const { known, changed } = await store.saveUnits(chunk, language);
        this.#report.new += chunk.units - known;
        this.#report.changed += changed;
      });
    }
  }

  /** Runs writes in the order of the calls. Waits only while `maxAhead` are pending, so that the database is never idle. */
  async #write(work: () => Promise<void>): Promise<void> {
    if (this.#writes.length === maxAhead) await this.#writes.shift();
    const write = (this.#writes.at(-1) ?? Promise.resolve()).then(work);
    // All later writes fail with it, and `run` waits for the last one.
    write.catch(() => {});
    this.#writes.push(write);
    // Before that, the statements have not been posted to the database's thread.
    await setImmediate();
  }

  #row(
    unit: Unit,
    { path, format }: GameFile,
    ordinal: number,
    existing: ReadonlyMap<string, Unit>,
  ): ImportedUnit {
    const { project, generation, now } = this.#parts;
    const speaker = unit.speaker ?? null;
    const translation = translationOf(unit, existing);
    return {
      id: unitIdOf(project, path, unit.key, this.#ids),
      project,
      file: path,
      key: unit.key,
      ordinal,
      scene: unit.scene ?? null,
      speaker,
      note: unit.note ?? null,
      source: unit.source,
      pair: pairOf(unit.source, speaker),
      max_cells: Number.isFinite(unit.maxCells) ? (unit.maxCells ?? null) : null,
      read_only: unit.readOnly ?? translation?.readOnly ?? null,
      stale: 0,
      gone: 0,
      repeat: 0,
      generation,
      updated_at: now,
      ...initialState(unit, translation, format.name),
    };
  }
}
