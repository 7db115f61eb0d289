import type { LocalModels } from '../../../../contract/local-servers.ts';
import { knownAnswer } from '../../../api/query-client.ts';
import type { Target } from '../../../state/target.ts';
import { askInstalledModels, isLocalServer, useInstalledModels } from '../../../ui/installed-models.ts';
import { firstChatModel, hasModel } from '../../../ui/model-names.ts';
import { columnsNow, setColumnTarget } from './columns.ts';
import { modelOptions } from './target-options.ts';

/** Columns whose model box has the focus: the box is not filled in while the user may be about to type. */
const boxesInUse = new Set<string>();

export function setModelBoxInUse(column: string, inUse: boolean): void {
  if (inUse) boxesInUse.add(column);
  else boxesInUse.delete(column);
}

/** How long a plan waits for a server that is already being asked. */
const planWaitsMs = 500;

/**
 * The model for a local server if the user picked none and the registry's first model is not installed: the
 * first installed chat model. Null if nothing has to change.
 */
function substituteFor(target: Target, answer: LocalModels | null): string | null {
  const registry = knownAnswer('registry.get');
  if (!registry || answer?.status !== 'found' || target.model !== null) return null;
  const listed = modelOptions(registry, target)[0]?.value;
  return listed !== undefined && hasModel(answer.models, listed) ? null : firstChatModel(answer.models);
}

function isAskable({ provider, model }: Target): boolean {
  const registry = knownAnswer('registry.get');
  return model === null && registry !== undefined && isLocalServer(registry, provider);
}

/** After a local server was picked: asks for its models, and picks an installed one. */
export async function pickInstalled(column: string): Promise<void> {
  const picked = columnsNow().find(({ id }) => id === column)?.target;
  if (!picked?.provider || !isAskable(picked)) return;
  const answer = await askInstalledModels(picked.provider);
  const now = columnsNow().find(({ id }) => id === column)?.target;
  const model = now?.provider === picked.provider ? substituteFor(now, answer) : null;
  if (model !== null && !boxesInUse.has(column)) setColumnTarget(column, { model });
}

/**
 * The model of a run if its column names none. A plan starts no request of its own, and waits only briefly
 * for a running one.
 */
export async function modelToSend(target: Target, live: boolean): Promise<string | null> {
  const { provider } = target;
  if (provider === null || !isAskable(target)) return null;
  const known = useInstalledModels.getState()[provider];
  if (live) return substituteFor(target, await askInstalledModels(provider));
  if (!known?.asking) return substituteFor(target, known?.answer ?? null);
  const timeout = new Promise<null>((resolve) => setTimeout(() => resolve(null), planWaitsMs));
  return substituteFor(target, await Promise.race([askInstalledModels(provider), timeout]));
}
