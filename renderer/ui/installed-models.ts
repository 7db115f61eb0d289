import { create } from 'zustand';
import type { LocalModels } from '../../contract/local-servers.ts';
import type { RegistryView } from '../../contract/operations/registry.ts';
import { request } from '../api/client.ts';

/** The models that a local server listed; `answer` is null until it was queried. */
export interface Installed {
  asking: boolean;
  answer: LocalModels | null;
  /** Time of the answer in milliseconds since 1970. */
  at: number;
}

/** Maximum age of an answer: users load a model and look again. */
const freshMs = 15_000;
const notAsked: Installed = { asking: false, answer: null, at: 0 };
const underWay = new Map<string, Promise<LocalModels | null>>();

export const useInstalledModels = create<Readonly<Record<string, Installed>>>(() => ({}));

const note = (provider: string, change: Partial<Installed>) =>
  useInstalledModels.setState((all) => ({ [provider]: { ...(all[provider] ?? notAsked), ...change } }));

/**
 * Whether the name is that of a server on the user's own machine or network, which can be queried at any
 * time.
 */
export function isLocalServer({ providers, runtime }: RegistryView, name: string | null): boolean {
  const adapter = runtime.find(({ adapter_id: id }) => id === name);
  return providers.some(
    (one) => one.name === (adapter?.provider ?? name) && one.kind === 'local' && one.enabled,
  );
}

async function ask(provider: string): Promise<LocalModels | null> {
  note(provider, { asking: true });
  try {
    const answer = await request('local.models', { provider });
    note(provider, { asking: false, answer, at: Date.now() });
    return answer;
  } catch {
    // A server that cannot be queried has no list; only the shipped names are offered.
    note(provider, { asking: false, answer: null, at: Date.now() });
    return null;
  }
}

/**
 * Queries a local server for its models, once for all concurrent callers; `again` ignores a recent answer.
 */
export function askInstalledModels(provider: string, again = false): Promise<LocalModels | null> {
  const { answer, at } = useInstalledModels.getState()[provider] ?? notAsked;
  if (!again && answer?.status === 'found' && Date.now() - at < freshMs) return Promise.resolve(answer);
  const asked = underWay.get(provider) ?? ask(provider).finally(() => underWay.delete(provider));
  underWay.set(provider, asked);
  return asked;
}
