import type { LocalModels } from '../../../../contract/local-servers.ts';
import { knownAnswer } from '../../../api/query-client.ts';
import type { Target } from '../../../state/target.ts';
import { askInstalledModels, isLocalServer, useInstalledModels } from '../../../ui/installed-models.ts';
import { firstChatModel, hasModel } from '../../../ui/model-names.ts';
import { columnsNow, setColumnTarget } from './columns.ts';
import { modelOptions } from './target-options.ts';

/** Columns whose model box has the focus: nothing is put into a box in which somebody is about to type. */
const boxesInUse = new Set<string>();

export function setModelBoxInUse(column: string, inUse: boolean): void {
  if (inUse) boxesInUse.add(column);
  else boxesInUse.delete(column);
}

/** A plan does not wait longer than this for a server that is just being asked. */
const planWaitsMs = 500;

/**
 * The model for a local server where nobody picked one and it does not have the one that the registry lists first: its own
 * first that answers messages. Null where there is nothing to change.
 */
function instead(target: Target, answer: LocalModels | null): string | null {
  const registry = knownAnswer('registry.get');
  if (!registry || answer?.status !== 'found' || target.model !== null) return null;
  const listed = modelOptions(registry, target)[0]?.value;
  return listed !== undefined && hasModel(answer.models, listed) ? null : firstChatModel(answer.models);
}

function isAskable({ provider, model }: Target): boolean {
  const registry = knownAnswer('registry.get');
  return model === null && registry !== undefined && isLocalServer(registry, provider);
}

/** After a local server was picked: asks it for its models, and picks one that it has. */
export async function pickInstalled(column: string): Promise<void> {
  const picked = columnsNow().find(({ id }) => id === column)?.target;
  if (!picked?.provider || !isAskable(picked)) return;
  const answer = await askInstalledModels(picked.provider);
  const now = columnsNow().find(({ id }) => id === column)?.target;
  const model = now?.provider === picked.provider ? instead(now, answer) : null;
  if (model !== null && !boxesInUse.has(column)) setColumnTarget(column, { model });
}

/** The model that a run goes to where its column names none. A plan asks nobody; it only waits a moment for who is asked. */
export async function modelToSend(target: Target, live: boolean): Promise<string | null> {
  const { provider } = target;
  if (provider === null || !isAskable(target)) return null;
  const known = useInstalledModels.getState()[provider];
  if (live) return instead(target, await askInstalledModels(provider));
  if (!known?.asking) return instead(target, known?.answer ?? null);
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), planWaitsMs));
  return instead(target, await Promise.race([askInstalledModels(provider), late]));
}
