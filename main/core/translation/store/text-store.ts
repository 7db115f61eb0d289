import type { Kysely, RawBuilder } from 'kysely';
import type { OpenDatabase } from '../../database/open-database.ts';
import type { Tables } from '../../database/tables.ts';
import type { UnitRow } from '../../database/translation-tables.ts';
import { chunks, rowsParameter } from './json-rows.ts';

/** A translation of a unit; `pair` identifies the source that was sent. */
export interface NewText {
  id: string;
  pair: string;
  target: string | null;
  state: 'draft' | 'flagged' | 'reviewed' | 'locked';
  problems: string | null;
  severity: UnitRow['severity'];
  origin: NonNullable<UnitRow['origin']>;
  model: string | null;
}

const columns = [
  'id',
  'pair',
  'target',
  'state',
  'problems',
  'severity',
  'origin',
  'model',
] as const satisfies readonly (keyof UnitRow)[];

export interface SaveTexts {
  project: string;
  language: string;
  now: number;
  texts: readonly NewText[];
  /** A person may change a reviewed text; a run may not. */
  byPerson?: boolean;
}

/**
 * Writes translations to their units and to untranslated units with the same text, and adds accepted ones to the memory.
 * A unit whose source has changed, or that a person has reviewed, is left alone.
 */
export async function saveTexts(open: OpenDatabase, trx: Kysely<Tables>, save: SaveTexts): Promise<void> {
  const { texts } = save;
  if (texts.length === 0) return;
  const write = open.kind === 'postgres' ? writeInOneStatement : writeInSteps;
  const rows = await write(open, trx, save);
  const byPair = new Map(texts.map((text) => [text.pair, text]));
  const writtenIds = new Set(texts.map(({ id }) => id));
  const equal = rows.flatMap(({ id, pair }) => {
    const text = byPair.get(pair);
    if (!text || writtenIds.has(id)) return [];
    // A lock applies only to the unit that the person has locked.
    return [{ ...text, id, state: text.state === 'locked' ? ('reviewed' as const) : text.state }];
  });
  for (const part of chunks(equal, 500)) {
    const partRows = textRows(open, part);
    await replacedTexts(open, save, partRows).execute(trx);
    await newTexts(open, save, partRows).execute(trx);
  }
}

/** Units with the same text and speaker as the written ones that have no decided translation. */
type EqualUnits = Pick<UnitRow, 'id' | 'pair'>[];

async function writeInSteps(open: OpenDatabase, trx: Kysely<Tables>, save: SaveTexts): Promise<EqualUnits> {
  const rows = textRows(open, save.texts);
  await replacedTexts(open, save, rows).execute(trx);
  await newTexts(open, save, rows).execute(trx);
  if (save.texts.some(isAccepted)) await acceptedTexts(open, save, rows).execute(trx);
  return (await equalUnits(open, save, rows).execute(trx)).rows;
}

/** Does the same in one statement; each part sees the rows as they were before the statement. */
async function writeInOneStatement(
  open: OpenDatabase,
  trx: Kysely<Tables>,
  save: SaveTexts,
): Promise<EqualUnits> {
  const { sql } = open;
  const rows = sql`input as given`;
  const together = sql<EqualUnits[number]>`with input as (select * from ${textRows(open, save.texts)}),
    replaced as (${replacedTexts(open, save, rows)}), written as (${newTexts(open, save, rows)}),
    accepted as (${acceptedTexts(open, save, rows)})
    ${equalUnits(open, save, rows)}`;
  return (await together.execute(trx)).rows;
}

const textRows = (open: OpenDatabase, texts: readonly NewText[]) =>
  rowsParameter(open, 'translation_units', columns, texts);

/** The condition for units that may be written: a run leaves reviewed units alone. */
const mayWrite = ({ sql }: OpenDatabase, { byPerson = false }: SaveTexts) =>
  byPerson ? sql`1 = 1` : sql`u.state not in ('reviewed', 'locked')`;

/** Adds replaced texts to the history. The id contains unit and time, so a repeated write adds no second row. */
function replacedTexts(open: OpenDatabase, save: SaveTexts, rows: RawBuilder<unknown>): RawBuilder<unknown> {
  const { sql } = open;
  const { project, now } = save;
  return sql`insert into translation_texts (id, project, unit, target, state, origin, model, replaced_at)
    select u.id || ':' || cast(${now} as text), u.project, u.id, u.target, u.state, u.origin, u.model, cast(${now} as bigint)
    from ${rows} cross join translation_units as u
    where u.id = given.id and u.pair = given.pair
      and u.project || '' = ${project} and u.read_only is null and u.target is not null
      and given.target is not null and u.target <> given.target and ${mayWrite(open, save)}
    on conflict (id) do nothing`;
}

/** Writes the new texts. `u.project || ''` prevents SQLite from using the index on `project`: the id is faster. */
function newTexts(open: OpenDatabase, save: SaveTexts, rows: RawBuilder<unknown>): RawBuilder<unknown> {
  const { sql } = open;
  const { project, now } = save;
  return sql`update translation_units as u set target = given.target, state = given.state,
      problems = given.problems, severity = given.severity, origin = given.origin, model = given.model, stale = 0,
      held = null, updated_at = ${now}
    from ${rows}
    where u.id = given.id and u.pair = given.pair and u.project || '' = ${project} and u.read_only is null
      and ${mayWrite(open, save)}`;
}

/** Finds equal units. A cross join makes SQLite start from the few texts, not from the units. */
function equalUnits(
  open: OpenDatabase,
  { project, byPerson = false }: SaveTexts,
  rows: RawBuilder<unknown>,
): RawBuilder<EqualUnits[number]> {
  const { sql } = open;
  const undecided = byPerson
    ? sql`u.state in ('new', 'draft', 'flagged')`
    : sql`(u.state = 'new' or (u.state = 'flagged' and u.target is null)
        or (u.origin = 'stub' and u.state in ('draft', 'flagged')))`;
  return sql<EqualUnits[number]>`select u.id as id, u.pair as pair
    from ${rows} cross join translation_units as u
    where u.project = ${project} and u.pair = given.pair and u.id <> given.id and u.gone = 0
      and u.read_only is null and ${undecided}`;
}

const isAccepted = ({ state, origin, target }: NewText) =>
  state !== 'flagged' && origin !== 'stub' && origin !== 'copy' && target !== null;

/** Adds accepted texts to the memory. The condition matches `isAccepted`; a locked text counts as reviewed there. */
function acceptedTexts(open: OpenDatabase, save: SaveTexts, rows: RawBuilder<unknown>): RawBuilder<unknown> {
  const { sql } = open;
  const { project, language, now } = save;
  return sql`insert into translation_memory
      (id, project, language, pair, source, speaker, target, state, origin, confidence, version, hits, created_at,
        updated_at, reviewed_at)
    select u.project || ':' || u.pair, u.project, cast(${language} as text), u.pair, u.source, u.speaker, given.target,
      case when given.state = 'locked' then 'reviewed' else given.state end, given.origin, 1.0, 1, 0,
      cast(${now} as bigint), cast(${now} as bigint),
      case when given.state in ('reviewed', 'locked') then cast(${now} as bigint) else null end
    from ${rows} join translation_units as u on u.id = given.id and u.pair = given.pair
    where u.project || '' = ${project} and given.state <> 'flagged' and given.origin not in ('stub', 'copy')
      and given.target is not null
    on conflict (id) do update set target = excluded.target, state = excluded.state, origin = excluded.origin,
      updated_at = excluded.updated_at, reviewed_at = excluded.reviewed_at,
      version = translation_memory.version + 1
    where translation_memory.state <> 'reviewed' or excluded.state = 'reviewed'`;
}
