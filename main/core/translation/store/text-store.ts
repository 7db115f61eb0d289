import type { Kysely, RawBuilder } from 'kysely';
import type { OpenDatabase } from '../../database/open-database.ts';
import type { Tables } from '../../database/tables.ts';
import type { UnitRow } from '../../database/translation-tables.ts';
import { chunks, given } from './json-rows.ts';

/** A translation for a unit, as the unit was when it was asked for. */
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
  /** A person may change what was reviewed; a run may not. */
  byPerson?: boolean;
}

/**
 * Writes translations to their units and to equal texts that have none yet, and puts what was accepted into the memory.
 * A unit whose text has changed since, or that a person has reviewed, is left alone.
 */
export async function saveTexts(open: OpenDatabase, trx: Kysely<Tables>, save: SaveTexts): Promise<void> {
  const { sql } = open;
  const { texts, byPerson = false } = save;
  if (texts.length === 0) return;
  const free = byPerson ? sql`1 = 1` : sql`u.state not in ('reviewed', 'locked')`;
  await write(open, trx, save, texts, free);
  const equal = await equalTexts(open, trx, save);
  for (const part of chunks(equal, 500)) await write(open, trx, save, part, free);
  await remember(open, trx, save);
}

async function write(
  open: OpenDatabase,
  trx: Kysely<Tables>,
  { project, now }: SaveTexts,
  texts: readonly NewText[],
  free: RawBuilder<unknown>,
): Promise<void> {
  const { sql } = open;
  const rows = given(open, 'translation_units', columns, texts);
  // The id is of what is replaced and when: written twice, it stands there once.
  await sql`insert into translation_texts (id, project, unit, target, state, origin, model, replaced_at)
    select u.id || ':' || cast(${now} as text), u.project, u.id, u.target, u.state, u.origin, u.model, cast(${now} as bigint)
    from ${rows} cross join translation_units as u
    where u.id = given.id and u.pair = given.pair
      and u.project || '' = ${project} and u.read_only is null and u.target is not null
      and given.target is not null and u.target <> given.target and ${free}
    on conflict (id) do nothing`.execute(trx);
  // Rows are looked up by id: by their project, SQLite would read all of it for each reply.
  await sql`update translation_units as u set target = given.target, state = given.state,
      problems = given.problems, severity = given.severity, origin = given.origin, model = given.model, stale = 0,
      held = null, updated_at = ${now}
    from ${rows}
    where u.id = given.id and u.pair = given.pair and u.project || '' = ${project} and u.read_only is null
      and ${free}`.execute(trx);
}

/** The same translations for other units with the same text and speaker, where nobody has decided on one. */
async function equalTexts(
  open: OpenDatabase,
  trx: Kysely<Tables>,
  { project, texts, byPerson = false }: SaveTexts,
): Promise<NewText[]> {
  const { sql } = open;
  const undecided = byPerson
    ? sql`u.state in ('new', 'draft', 'flagged')`
    : sql`(u.state = 'new' or (u.state = 'flagged' and u.target is null)
        or (u.origin = 'stub' and u.state in ('draft', 'flagged')))`;
  // The order of a cross join is kept: from the few texts to the units that are equal to them.
  const { rows } = await sql<{ id: string; pair: string }>`select u.id as id, u.pair as pair
    from ${given(open, 'translation_units', columns, texts)} cross join translation_units as u
    where u.project = ${project} and u.pair = given.pair and u.id <> given.id and u.gone = 0
      and u.read_only is null and ${undecided}`.execute(trx);
  const byPair = new Map(texts.map((text) => [text.pair, text]));
  const own = new Set(texts.map(({ id }) => id));
  return rows.flatMap(({ id, pair }) => {
    const text = byPair.get(pair);
    if (!text || own.has(id)) return [];
    // A person's lock is for the line it was given to.
    return [{ ...text, id, state: text.state === 'locked' ? ('reviewed' as const) : text.state }];
  });
}

async function remember(open: OpenDatabase, trx: Kysely<Tables>, save: SaveTexts): Promise<void> {
  const { sql } = open;
  const { project, language, now, texts } = save;
  const accepted = texts.filter(
    ({ state, origin, target }) =>
      state !== 'flagged' && origin !== 'stub' && origin !== 'copy' && target !== null,
  );
  if (accepted.length === 0) return;
  const rows = given(
    open,
    'translation_units',
    columns,
    accepted.map((text) => ({
      ...text,
      state: text.state === 'locked' ? ('reviewed' as const) : text.state,
    })),
  );
  await sql`insert into translation_memory
      (id, project, language, pair, source, speaker, target, state, origin, confidence, version, hits, created_at,
        updated_at, reviewed_at)
    select u.project || ':' || u.pair, u.project, cast(${language} as text), u.pair, u.source, u.speaker, given.target,
      given.state, given.origin, 1.0, 1, 0, cast(${now} as bigint), cast(${now} as bigint),
      case when given.state = 'reviewed' then cast(${now} as bigint) else null end
    from ${rows} join translation_units as u on u.id = given.id and u.pair = given.pair
    where u.project || '' = ${project}
    on conflict (id) do update set target = excluded.target, state = excluded.state, origin = excluded.origin,
      updated_at = excluded.updated_at, reviewed_at = excluded.reviewed_at,
      version = translation_memory.version + 1
    where translation_memory.state <> 'reviewed' or excluded.state = 'reviewed'`.execute(trx);
}
