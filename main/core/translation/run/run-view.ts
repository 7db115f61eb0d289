import { runEndDetail } from '../store/run-ends.ts';
import type { RunView } from '../../../../contract/translation.ts';
import type { GroupRow, RunRow, WorkerRow } from '../../database/translation-tables.ts';
import type { RunStore } from '../store/run-store.ts';
import { pidOf, processOwner } from './process-owner.ts';

const timeOf = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

type ProcessRow = WorkerRow & { seen_ago: number };

const waitOf = ({ waits_for: wait }: ProcessRow) =>
  wait === null ? null : (JSON.parse(wait) as RunView['waits_for']);

function processView(row: ProcessRow): RunView['processes'][number] {
  const { machine, owner, groups, seen_ago } = row;
  return {
    machine,
    pid: owner === null ? null : pidOf(owner),
    is_here: owner === processOwner,
    groups: Number(groups),
    seen_ago_ms: Math.max(0, Number(seen_ago)),
    waits_for: waitOf(row),
  };
}

/** The longest wait of several processes. */
const maxWaitOf = (rows: readonly ProcessRow[]) =>
  rows.flatMap((row) => waitOf(row) ?? []).toSorted((a, b) => b.until.localeCompare(a.until))[0] ?? null;

/**
 * A run as the API shows it.
 * @param waitsFor this process's wait, which is newer than the one in its last heartbeat
 */
export async function runView(
  runs: RunStore,
  row: RunRow,
  waitsFor: RunView['waits_for'] = null,
): Promise<RunView> {
  const { id, kind, state, code, reason, groups, units, max_usd, project } = row;
  const [spent_usd, cache, groups_by_state, processes] = await Promise.all([
    runs.spent({ project, run: id }),
    runs.cache(id),
    runs.groupCounts({ project, run: id }),
    state === 'running' ? runs.processes(id) : [],
  ]);
  const detail = runEndDetail(reason);
  return {
    id,
    kind,
    delivery: row.delivery ?? 'live',
    state,
    code,
    reason,
    ...(detail ? { reason_detail: detail } : {}),
    groups,
    units,
    groups_by_state,
    machines: processes.map(({ machine }) => machine),
    processes: processes.map(processView),
    spent_usd,
    cache,
    max_usd,
    confirm_usd: row.confirm_usd ?? null,
    waits_for: state === 'running' ? (waitsFor ?? maxWaitOf(processes)) : null,
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
