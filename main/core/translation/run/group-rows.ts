import { randomUUID } from 'node:crypto';
import type { ChatAnswer } from '../../../../contract/chat.ts';
import type { PlannedScene } from '../plan/scene-planner.ts';
import type { GroupEnd, NewGroup } from '../store/group-store.ts';

/** The columns of a group's row that describe its request. */
export function plannedBytes({ request, plan, shown }: Omit<PlannedScene, 'lines' | 'call'>) {
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

/** Converts a planned scene to a row of its run. */
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

/** A reply's cache figures; empty if the provider does not report them. */
export function cacheOf({
  usage,
  cost,
  mock,
}: Pick<ChatAnswer, 'usage' | 'cost' | 'mock'>): Pick<GroupEnd, 'cache'> {
  const written = usage?.cache_write_tokens ?? usage?.cache_write_1h_tokens;
  const cached = usage?.cached_tokens ?? (written === undefined ? undefined : 0);
  if (mock || !usage || cached === undefined) return {};
  const input_tokens = Math.max(usage.prompt_tokens, cached);
  return { cache: { input_tokens, cached_tokens: cached, cache_saving: cost?.cache_saving ?? null } };
}
