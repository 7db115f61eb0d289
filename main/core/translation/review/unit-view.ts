import type { UnitView } from '../../../../contract/translation.ts';
import type { UnitRow } from '../../database/translation-tables.ts';
import type { Problem } from '../checks/problem.ts';

/** A unit as the API shows it. */
export function unitView(row: UnitRow): UnitView {
  const { id, file, key, ordinal, scene, speaker, note, source, target, state, max_cells, read_only } = row;
  const { origin, model, previous_source, previous_target, previous_state } = row;
  const previous =
    previous_source === null || previous_target === null
      ? null
      : { source: previous_source, target: previous_target, state: previous_state ?? 'draft' };
  return {
    id,
    file,
    key,
    ordinal,
    scene,
    speaker,
    note,
    source,
    target,
    state,
    max_cells,
    read_only,
    origin,
    model,
    stale: row.stale === 1,
    gone: row.gone === 1,
    repeat: row.repeat === 1,
    held: row.held !== null,
    problems: JSON.parse(row.problems ?? '[]') as Problem[],
    previous,
    updated_at: new Date(row.updated_at).toISOString(),
  };
}
