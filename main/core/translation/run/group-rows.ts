import { randomUUID } from 'node:crypto';
import type { PlannedScene } from '../plan/scene-planner.ts';
import type { NewGroup } from '../store/group-store.ts';

/** The part of a group's row that says what is sent. */
export function plannedBytes({ request, plan, shown }: Omit<PlannedScene, 'lines'>) {
  const { cost } = shown.estimate;
  return {
    request: JSON.stringify(request),
    body: plan.body.toString('utf8'),
    body_bytes: plan.body.length,
    sha256: plan.sha256,
    bound: cost ? cost.max : null,
    provider: shown.provider,
    model: shown.model,
  };
}

/** A planned scene as a row of its run. */
export function newGroup(
  scene: PlannedScene,
  of: Pick<NewGroup, 'project' | 'run' | 'kind' | 'position'>,
): NewGroup {
  const { lines, shown } = scene;
  return {
    id: randomUUID(),
    ...of,
    state: 'planned',
    units: JSON.stringify(lines.map(({ id, pair }) => [id, pair])),
    unit_count: lines.length,
    ...plannedBytes(scene),
    prompt_tokens: shown.estimate.prompt_tokens,
    attempts: 0,
    cost: 0,
  };
}
