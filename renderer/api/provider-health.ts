import { useMemo } from 'react';
import { create } from 'zustand';
import type { ErrorInfo } from '../../contract/errors.ts';
import type { Diagnostics, ProviderView } from '../../contract/provider.ts';
import { request } from './client.ts';
import { OperationError } from './operation-error.ts';

interface HealthChecks {
  /** The last check of each provider or adapter; empty until one is checked. */
  byName: ReadonlyMap<string, Diagnostics>;
  /** The providers with a check in progress. */
  asking: ReadonlySet<string>;
  /** The progress of a check of all providers. */
  run: { done: number; of: number } | null;
  /** Why the check failed in the core itself. */
  error: string | null;
}

const idle: HealthChecks = { byName: new Map(), asking: new Set(), run: null, error: null };
export const useHealth = create<HealthChecks>(() => idle);

/** A browser opens six connections to one server: three checks that hang leave enough for everything else. */
const maxParallel = 3;
let controller = new AbortController();

function setAsking(name: string, asked: boolean): void {
  useHealth.setState(({ asking }) => {
    const next = new Set(asking);
    if (asked) next.add(name);
    else next.delete(name);
    return { asking: next };
  });
}

/** Stores the result of a check. */
export function noteHealth(name: string, diagnostics: Diagnostics): void {
  useHealth.setState(({ byName }) => ({ byName: new Map(byName).set(name, diagnostics), error: null }));
}

/** Stores that a provider refused a call for its key, which a check would find as well. */
export function noteRefusedKey(name: string, { code, message }: ErrorInfo): void {
  if (code !== 'provider_unauthorized') return;
  const checked_at = new Date().toISOString();
  const message_detail = { code: 'error', values: { error: code, message } };
  noteHealth(name, { status: 'unauthorized', latency_ms: null, checked_at, message, message_detail });
}

/** Stores that a provider answered a call. A check that was successful is kept: it also has the time it took. */
export function noteAnswered(name: string): void {
  if (useHealth.getState().byName.get(name)?.status === 'ok') return;
  const message = 'It answered a call.';
  noteHealth(name, { status: 'ok', latency_ms: null, checked_at: new Date().toISOString(), message });
}

/** Asks one provider or adapter for its free model list; no paid request is made. */
export async function checkHealth(name: string, signal = controller.signal): Promise<void> {
  setAsking(name, true);
  try {
    const { diagnostics } = await request('providers.check', { name }, signal);
    // After a cancel, the result only says that the check was cancelled.
    if (!signal.aborted) noteHealth(name, diagnostics);
  } catch (thrown) {
    if (!(thrown instanceof OperationError)) throw thrown;
    if (!signal.aborted) useHealth.setState({ error: thrown.message });
  } finally {
    setAsking(name, false);
  }
}

/** Checks all of them, a few in parallel, so that an unreachable provider does not delay the others. */
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
  await Promise.all(Array.from({ length: maxParallel }, worker));
  if (!signal.aborted) useHealth.setState({ run: null });
}

/** Stops all running checks; results that have arrived stay. */
export function cancelChecks(): void {
  controller.abort();
  controller = new AbortController();
  useHealth.setState({ run: null });
}

/** Whether a result is still valid: the provider may have been turned on or off since. */
export function isCurrent({ enabled }: Pick<ProviderView, 'enabled'>, { status }: Diagnostics): boolean {
  return (status === 'disabled') !== enabled;
}

/** The result of a provider's last check, while it is valid. */
export function useProviderHealth(provider: ProviderView): Diagnostics | undefined {
  const found = useHealth((state) => state.byName.get(provider.name));
  return found && isCurrent(provider, found) ? found : undefined;
}

/** The valid results of several providers, by name. */
export function useHealthOf(providers: readonly ProviderView[]): ReadonlyMap<string, Diagnostics> {
  const byName = useHealth((state) => state.byName);
  return useMemo(() => {
    const off = providers.filter((provider) => {
      const found = byName.get(provider.name);
      return found && !isCurrent(provider, found);
    });
    const names = new Set(off.map(({ name }) => name));
    return names.size === 0 ? byName : new Map([...byName].filter(([name]) => !names.has(name)));
  }, [byName, providers]);
}

/** Removes the result of a provider that has changed. */
export function forgetHealth(name: string): void {
  useHealth.setState(({ byName }) => {
    const next = new Map(byName);
    next.delete(name);
    return { byName: next };
  });
}
