import type { GroupRow } from '../../database/translation-tables.ts';
import type { UnitPages } from '../plan/scene-planner.ts';
import type { NewGroup } from '../store/group-store.ts';
import type { PendingUnit } from '../store/unit-store.ts';
import type { RunOrder, RunParts } from './run-order.ts';

const pageSize = 50;

/**
 * Plans all requests of a run and stores their bytes in the database before the first one is sent.
 * @param plan.rowOf plans the request for some lines as a row of the run
 * @param plan.stops returns true once the run is to end; planning stops then
 */
export async function planRun(
  { planner, groups, runs, now }: RunParts,
  order: RunOrder,
  pages: UnitPages,
  plan: {
    rowOf(lines: readonly PendingUnit[], kind: GroupRow['kind'], position: number): Promise<NewGroup>;
    stops(): boolean;
  },
): Promise<void> {
  let [count, units] = [0, 0];
  let rows: NewGroup[] = [];
  for await (const lines of planner.groups(pages, order)) {
    if (plan.stops()) break;
    rows.push(await plan.rowOf(lines, order.retry ? 'retry' : 'scene', count));
    count++;
    units += lines.length;
    if (rows.length < pageSize) continue;
    await groups.add(rows);
    rows = [];
  }
  await groups.add(rows);
  await runs.setPlanned(order.run, count, units, now());
}
