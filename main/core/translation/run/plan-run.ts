import { randomUUID } from 'node:crypto';
import type { UnitPages } from '../plan/scene-planner.ts';
import type { NewGroup } from '../store/group-store.ts';
import { newGroup } from './group-rows.ts';
import type { RunOrder, RunParts } from './run-order.ts';

const pageSize = 50;

/**
 * Every request is made, and its bytes are in the database, before the first one is sent.
 * @param stops true once the run is to end: then the rest is not planned, and nothing is sent
 */
export async function planRun(
  { planner, groups, runs, now }: RunParts,
  order: RunOrder,
  pages: UnitPages,
  { signal, stops }: { signal: AbortSignal; stops(): boolean },
): Promise<void> {
  const { project, run, retry } = order;
  let [count, units] = [0, 0];
  let rows: NewGroup[] = [];
  for await (const lines of planner.groups(pages, order)) {
    if (stops()) break;
    const scene = await planner.planGroup(lines, order, {
      requestId: randomUUID(),
      door: order.door,
      signal,
    });
    rows.push(newGroup(scene, { project, run, kind: retry ? 'retry' : 'scene', position: count }));
    count++;
    units += lines.length;
    if (rows.length < pageSize) continue;
    await groups.add(rows);
    rows = [];
  }
  await groups.add(rows);
  await runs.setPlanned(run, count, units, now());
}
