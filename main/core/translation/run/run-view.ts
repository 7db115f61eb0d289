import type { RunView } from '../../../../contract/translation.ts';
import type { GroupRow, RunRow } from '../../database/translation-tables.ts';
import type { RunStore } from '../store/run-store.ts';

const timeOf = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

/** A run as the API shows it; what it waits for is known to the process that runs it. */
export async function runView(
  runs: RunStore,
  row: RunRow,
  waitsFor: RunView['waits_for'] = null,
): Promise<RunView> {
  const { id, kind, state, code, reason, groups, units, max_usd, project } = row;
  const [spent_usd, groups_by_state, machines] = await Promise.all([
    runs.spent({ project, run: id }),
    runs.groupCounts({ project, run: id }),
    state === 'running' ? runs.machines(id) : [],
  ]);
  return {
    id,
    kind,
    delivery: row.delivery ?? 'live',
    state,
    code,
    reason,
    groups,
    units,
    groups_by_state,
    machines,
    spent_usd,
    max_usd,
    waits_for: state === 'running' ? waitsFor : null,
    started_at: timeOf(row.started_at) ?? '',
    ended_at: timeOf(row.ended_at),
  };
}

/** A group as the API shows it. */
export function groupView(row: GroupRow) {
  const { id, run, kind, state, sha256, attempts, provider, model, code, message } = row;
  return {
    id,
    run,
    kind,
    state,
    sha256,
    attempts,
    provider,
    model,
    code,
    message,
    units: row.unit_count,
    bytes: row.body_bytes,
    cost_usd: row.cost,
    sent_at: timeOf(row.sent_at),
  };
}
