import { testClock, testDatabase, type NewLocation } from '../../calls/__fixtures__/test-calls.ts';
import type { RunRow, TranslationFileRow, UnitRow } from '../../database/translation-tables.ts';
import { GroupStore, type NewGroup } from '../store/group-store.ts';
import { ImportStore, unitChunk, type ImportedUnit } from '../store/import-store.ts';
import { MemoryStore } from '../store/memory-store.ts';
import { ProjectStore } from '../store/project-store.ts';
import { RunStore } from '../store/run-store.ts';
import { saveTexts, type NewText } from '../store/text-store.ts';
import { TranslationDatabase } from '../store/translation-database.ts';
import { UnitStore } from '../store/unit-store.ts';
import { fileIdOf, pairOf, unitIdOf } from '../units/text-pair.ts';

export const memory = { language: 'Japanese', others: false };

/** A unit as an import saves it. */
export function unit(ordinal: number, source: string, overrides: Partial<ImportedUnit> = {}): ImportedUnit {
  const { project = 'p', file = 'a.txt', key = String(ordinal), speaker = null } = overrides;
  return {
    id: unitIdOf(project, file, key),
    project,
    file,
    key,
    ordinal,
    scene: null,
    speaker,
    note: null,
    source,
    pair: pairOf(source, speaker),
    max_cells: null,
    read_only: null,
    target: null,
    state: 'new',
    stale: 0,
    gone: 0,
    repeat: 0,
    problems: null,
    severity: null,
    origin: null,
    generation: 1,
    updated_at: 1,
    ...overrides,
  };
}

const fileRow = (project: string, path: string, generation: number): TranslationFileRow => ({
  id: fileIdOf(project, path),
  project,
  path,
  format: 'text',
  encoding: 'utf8',
  bytes: 1,
  units: 1,
  first_ordinal: 1,
  sha256: 'ab',
  warnings: null,
  generation,
  fingerprint: null,
});

/** A translation of a unit. */
export const text = (
  { id, pair }: Pick<UnitRow, 'id' | 'pair'>,
  target: string,
  overrides: Partial<NewText> = {},
): NewText => ({
  id,
  pair,
  target,
  state: 'draft',
  problems: null,
  severity: null,
  origin: 'model',
  model: 'a/b',
  ...overrides,
});

/** A run that has just started. */
export const run = (id: string, owner: string): RunRow => ({
  id,
  project: 'p',
  kind: 'translate',
  state: 'running',
  code: null,
  reason: null,
  max_usd: null,
  groups: 0,
  units: 0,
  asked: null,
  lease_owner: owner,
  lease_until: null,
  task: null,
  planned_at: null,
  limit_nano: null,
  spent_nano: 0,
  reserved_nano: 0,
  started_at: 1,
  ended_at: null,
});

/** A planned group. */
export const group = (
  id: string,
  ofRun: string,
  units: ImportedUnit[],
  overrides: Partial<NewGroup> = {},
): NewGroup => ({
  id,
  project: 'p',
  run: ofRun,
  position: 0,
  kind: 'scene',
  state: 'planned',
  units: JSON.stringify(units.map(({ id, pair }) => [id, pair])),
  unit_count: units.length,
  request: '{}',
  body: '{}',
  body_bytes: 2,
  sha256: 'ab',
  prompt_tokens: 1,
  attempts: 0,
  bound: 0.25,
  cost: 0,
  provider: 'openai_public',
  model: 'm',
  ...overrides,
});

/** All stores of the translation tables, on one database. */
export async function testStores(newLocation: NewLocation) {
  const clock = testClock();
  const database = new TranslationDatabase(testDatabase(await newLocation(), clock));
  const save = (texts: NewText[], byPerson = false, project = 'p') =>
    database.write((open) =>
      open.db
        .transaction()
        .execute((trx) => saveTexts(open, trx, { project, language: 'Japanese', now: 5, texts, byPerson })),
    );
  const imports = new ImportStore(database);
  /** Imports a game that has one file in each project. */
  const importUnits = async (rows: ImportedUnit[], use = memory) => {
    const all = rows as [ImportedUnit, ...ImportedUnit[]];
    const [{ project, file, generation }] = all;
    const saved = await imports.saveUnits(unitChunk(all), use.language);
    await imports.saveFile(fileRow(project, file, generation));
    const gone = await imports.markGone(project);
    return { ...saved, gone, ...(await imports.fillAndMarkRepeats(project, use)) };
  };
  return {
    database,
    save,
    importUnits,
    units: new UnitStore(database),
    runs: new RunStore(database),
    groups: new GroupStore(database),
    memory: new MemoryStore(database),
    projects: new ProjectStore(database),
  };
}
