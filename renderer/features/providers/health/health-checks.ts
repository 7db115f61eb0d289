import { useMemo } from 'react';
import { create } from 'zustand';
import type { Diagnostics, ProviderView } from '../../../../contract/provider.ts';
import { request } from '../../../api/client.ts';
import { OperationError } from '../../../api/operation-error.ts';

interface HealthChecks {
  /** The last answer of each provider or adapter; empty until someone has asked. */
  byName: ReadonlyMap<string, Diagnostics>;
  /** Those that were asked and have not answered yet. */
  asking: ReadonlySet<string>;
  /** How far a check of all has come. */
  run: { done: number; of: number } | null;
  /** Why the core itself could not ask. */
  error: string | null;
}

const idle: HealthChecks = { byName: new Map(), asking: new Set(), run: null, error: null };
export const useHealth = create<HealthChecks>(() => idle);

/** A browser has six connections to one server: three that hang leave enough for everything else. */
const atOnce = 3;
let controller = new AbortController();

function setAsking(name: string, asked: boolean): void {
  useHealth.setState(({ asking }) => {
    const next = new Set(asking);
    if (asked) next.add(name);
    else next.delete(name);
    return { asking: next };
  });
}

/** What a check has found. */
export function noteHealth(name: string, diagnostics: Diagnostics): void {
  useHealth.setState(({ byName }) => ({ byName: new Map(byName).set(name, diagnostics), error: null }));
}

/** Asks one provider or adapter for its free model list; nothing paid is called. */
export async function checkHealth(name: string, signal = controller.signal): Promise<void> {
  setAsking(name, true);
  try {
    const { diagnostics } = await request('providers.check', { name }, signal);
    // After a cancel, what comes says only that it was cancelled.
    if (!signal.aborted) noteHealth(name, diagnostics);
  } catch (thrown) {
    if (!(thrown instanceof OperationError)) throw thrown;
    if (!signal.aborted) useHealth.setState({ error: thrown.message });
  } finally {
    setAsking(name, false);
  }
}

/** Asks them one after the other, a few at a time: a dead one holds up nobody. */
export async function checkAll(names: readonly string[]): Promise<void> {
  const { signal } = controller;
  const waiting = [...names];
  useHealth.setState({ run: { done: 0, of: names.length }, error: null });
  async function worker(): Promise<void> {
    for (let name = waiting.shift(); name !== undefined && !signal.aborted; name = waiting.shift()) {
      await checkHealth(name, signal);
      if (!signal.aborted) useHealth.setState(({ run }) => ({ run: run && { ...run, done: run.done + 1 } }));
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker));
  if (!signal.aborted) useHealth.setState({ run: null });
}

/** Stops whatever is under way; answers that are there stay. */
export function cancelChecks(): void {
  controller.abort();
  controller = new AbortController();
  useHealth.setState({ run: null });
}

/** Whether what was found is of the provider as it is now: a flag may have been turned since. */
export function isOfNow({ enabled }: Pick<ProviderView, 'enabled'>, { status }: Diagnostics): boolean {
  return (status === 'disabled') !== enabled;
}

/** What was found of a provider, as long as it holds. */
export function useProviderHealth(provider: ProviderView): Diagnostics | undefined {
  const found = useHealth((state) => state.byName.get(provider.name));
  return found && isOfNow(provider, found) ? found : undefined;
}

/** The same for a list of them. */
export function useHealthOf(providers: readonly ProviderView[]): ReadonlyMap<string, Diagnostics> {
  const byName = useHealth((state) => state.byName);
  return useMemo(() => {
    const off = providers.filter((provider) => {
      const found = byName.get(provider.name);
      return found && !isOfNow(provider, found);
    });
    const names = new Set(off.map(({ name }) => name));
    return names.size === 0 ? byName : new Map([...byName].filter(([name]) => !names.has(name)));
  }, [byName, providers]);
}

/** What was found does not hold any more: the provider is another one now. */
export function forgetHealth(name: string): void {
  useHealth.setState(({ byName }) => {
    const next = new Map(byName);
    next.delete(name);
    return { byName: next };
  });
}
