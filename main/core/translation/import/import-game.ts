import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { ImportReport, ProjectFile } from '../../../../contract/translation.ts';
import { FormatError, type FormatOptions, type Unit } from '../../../formats/define.ts';
import { AppError } from '../../lib/app-error.ts';
import type { Problem } from '../checks/problem.ts';
import type { TranslationFileRow } from '../../database/translation-tables.ts';
import { unitChunk, type ImportedUnit, type ImportStore } from '../store/import-store.ts';
import { withoutCode } from '../text/code-tokens.ts';
import { syntaxesOf } from '../units/code-syntaxes.ts';
import { memoryLanguage } from '../units/memory-language.ts';
import { fileIdOf, pairOf, unitIdOf, type UnitIds } from '../units/text-pair.ts';
import { fingerprintOf } from './file-fingerprint.ts';
import { FilePlaces } from './file-places.ts';
import { findFiles, type FoundFiles, type GameFile } from './find-files.ts';
import { formatOptions } from './format-options.ts';

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
/** Writes that may wait for the database. */
const maxAhead = 4;
const fuzzy: Problem = {
  code: 'fuzzy',
  severity: 'warning',
  message: 'The file marks its translation as a guess.',
};

/** What a unit is before anybody has looked at it. */
function firstState(
  unit: Unit,
  existing: Unit | undefined,
  format: string,
): Pick<ImportedUnit, 'target' | 'state' | 'origin' | 'problems' | 'severity'> {
  const target = unit.target ?? existing?.target;
  const none = { problems: null, severity: null };
  const inFile = target !== undefined && target !== '' && target !== unit.source;
  if (unit.readOnly !== undefined || existing?.readOnly !== undefined)
    return { target: inFile ? target : null, state: 'locked', origin: 'file', ...none };
  if (inFile && (unit.fuzzy || existing?.fuzzy))
    return {
      target,
      state: 'flagged',
      origin: 'file',
      problems: JSON.stringify([fuzzy]),
      severity: 'warning',
    };
  if (inFile) return { target, state: 'draft', origin: 'file', ...none };
  // Numbers, dots and pictures say the same in every language.
  if (!/\p{L}/u.test(withoutCode(unit.source, syntaxesOf(format))))
    return { target: unit.source, state: 'draft', origin: 'copy', ...none };
  return { target: null, state: 'new', origin: null, ...none };
}

/** The translation in a file of its own that belongs to a unit. */
function translationOf(unit: Unit, existing: ReadonlyMap<string, Unit>): Unit | undefined {
  return existing.get(unit.key) ?? unit.aliases?.map((alias) => existing.get(alias)).find((found) => found);
}

/** Reads a game's files one after the other into units. What the last import found and this one does not is kept aside. */
export class GameImport {
  readonly #parts: ImportParts;
  readonly #report: ImportReport;
  #ids: UnitIds = 'byFile';
  #earlier: ReadonlyMap<string, TranslationFileRow> = new Map();
  #places = new FilePlaces(new Map());
  /** What is not written yet, in its order. */
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

  /** @throws AppError `file_unreadable` where no file can be read */
  async run(): Promise<ImportReport> {
    const { game, settings, store, project } = this.#parts;
    const report = this.#report;
    this.#ids = await store.unitIds(project);
    this.#earlier = await store.files(project);
    this.#places = new FilePlaces(this.#earlier);
    const found = findFiles(game, settings);
    report.left_out.push(...found.leftOut);
    const options = formatOptions(game, settings, found);
    const existing = this.#translations(found, options);
    for (const file of found.files) await this.#file(file, options, existing);
    if (report.files === 0)
      throw new AppError('file_unreadable', `none of the files in ${game} could be read`, {
        left_out: report.left_out.slice(0, 20),
      });
    await this.#writes.at(-1);
    const read = new Set(report.read.map(({ path }) => path));
    await store.forgetFiles(
      [...this.#earlier.values()].flatMap((row) => (read.has(row.path) ? [] : [row.id])),
    );
    report.gone = await store.setAside(project);
    const memory = {
      language: memoryLanguage(settings.target_language),
      others: settings.other_projects === 'reviewed',
    };
    return { ...report, ...(await store.settle(project, memory)) };
  }

  /** Translations in files of their own, by the key that they share with the sources. */
  #translations({ translations }: FoundFiles, options: FormatOptions): Map<string, Unit> {
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
      const { line } = error as FormatError;
      const reason = `${(error as Error).message}${line ? ` (line ${line})` : ''}`;
      this.#report.left_out.push({ path, reason });
      return null;
    }
  }

  async #file(file: GameFile, options: FormatOptions, existing: ReadonlyMap<string, Unit>): Promise<void> {
    const { project, store, generation, settings } = this.#parts;
    const { path, format } = file;
    const read = this.#read(file, options);
    if (!read) return;
    const { units, bytes, warnings, encoding } = read;
    const language = memoryLanguage(settings.target_language);
    const report = this.#report;
    const first_ordinal = this.#places.take(path, units.length);
    const fingerprint = fingerprintOf(read, (unit) => translationOf(unit, existing), [format.name, language]);
    const before = this.#earlier.get(path);
    const isSame = before?.fingerprint === fingerprint && before.first_ordinal === first_ordinal;
    // A killed import leaves some units of this one and some of the last: then neither is what the file's row says.
    if (!isSame && before?.fingerprint)
      await this.#write(() => store.saveFile({ ...before, fingerprint: null }));
    if (!isSame) await this.#save(file, units, first_ordinal, existing);
    report.files++;
    report.units += units.length;
    report.read.push({ path, format: format.name, encoding: encoding.name, units: units.length });
    report.warnings.push(...warnings.map((warning) => `${path}: ${warning}`));
    const sha256 = hash('sha256', bytes, 'hex');
    if (isSame && before.sha256 === sha256) return;
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
      warnings: warnings.length ? JSON.stringify(warnings.slice(0, 50)) : null,
      generation: isSame ? before.generation : generation,
      fingerprint,
    };
    await this.#write(() => store.saveFile(row));
  }

  async #save(
    file: GameFile,
    units: readonly Unit[],
    first_ordinal: number,
    existing: ReadonlyMap<string, Unit>,
  ): Promise<void> {
    const { store, settings } = this.#parts;
    const language = memoryLanguage(settings.target_language);
    for (let at = 0; at < units.length; at += chunkSize) {
      // One key, one unit: a statement cannot write a row twice.
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

  /** Writes in the order of the calls, and waits only while several are ahead: the database always has the next one. */
  async #write(work: () => Promise<void>): Promise<void> {
    if (this.#writes.length === maxAhead) await this.#writes.shift();
    const write = (this.#writes.at(-1) ?? Promise.resolve()).then(work);
    // Every later write fails with it, and the last one is waited for.
    write.catch(() => {});
    this.#writes.push(write);
    // Until then, the statements have not reached the database's thread.
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
    const other = translationOf(unit, existing);
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
      read_only: unit.readOnly ?? other?.readOnly ?? null,
      stale: 0,
      gone: 0,
      repeat: 0,
      generation,
      updated_at: now,
      ...firstState(unit, other, format.name),
    };
  }
}
