import { useState } from 'react';
import type { ErrorInfo } from '../../../../contract/errors.ts';
import type { Diagnostics } from '../../../../contract/provider.ts';
import { request } from '../../../api/client.ts';
import { errorInfoOf } from '../../../api/operation-error.ts';
import { queryClient } from '../../../api/query-client.ts';
import { noteHealth } from '../../../api/provider-health.ts';

export type KeyOutcome =
  | { kind: 'checked'; diagnostics: Diagnostics }
  | { kind: 'refused'; error: ErrorInfo };

interface KeyWork {
  busy: 'saving' | 'checking' | null;
  outcome: KeyOutcome | null;
  /** True if the key was saved, and the provider accepted it or is turned off. */
  save(key: string, replaceLocked: boolean): Promise<boolean>;
  /** Saves a further key, and then checks it; true if it was saved. */
  add(key: string, label: string): Promise<boolean>;
  check(): Promise<boolean>;
  /** Checks one of the provider's keys. */
  checkOne(id: string): Promise<boolean>;
  forget(): void;
}

/** Resolves once the new state of the key has arrived. */
const refreshed = () => queryClient.invalidateQueries({ queryKey: ['registry.get'] });

/** Saves and checks keys. Not a query mutation, which would keep its input, the key, in memory. */
export function useKey(provider: string): KeyWork {
  const [busy, setBusy] = useState<KeyWork['busy']>(null);
  const [outcome, setOutcome] = useState<KeyOutcome | null>(null);

  async function runStep(step: NonNullable<KeyWork['busy']>, work: () => Promise<boolean>): Promise<boolean> {
    setBusy(step);
    setOutcome(null);
    try {
      return await work();
    } catch (thrown) {
      setOutcome({ kind: 'refused', error: errorInfoOf(thrown) });
      return false;
    } finally {
      setBusy(null);
    }
  }

  const check = () =>
    runStep('checking', async () => {
      const { diagnostics } = await request('providers.check', { name: provider });
      noteHealth(provider, diagnostics);
      setOutcome({ kind: 'checked', diagnostics });
      return diagnostics.status === 'ok' || diagnostics.status === 'disabled';
    });
  const checkOne = (id: string) =>
    runStep('checking', async () => {
      const { diagnostics } = await request('keys.check', { provider, id });
      // One bad key of several says nothing about the provider.
      if (diagnostics.status === 'ok') noteHealth(provider, diagnostics);
      setOutcome({ kind: 'checked', diagnostics });
      return diagnostics.status === 'ok' || diagnostics.status === 'disabled';
    });
  return {
    busy,
    outcome,
    check,
    checkOne,
    add: async (key, label) => {
      let id = '';
      const sent = request('keys.add', { provider, key, label });
      const saved = await runStep('saving', () => sent.then((answer) => ((id = answer.id), true)));
      if (saved) void checkOne(id);
      return saved;
    },
    save: async (key, replaceLocked) => {
      const sent = request('keys.set', { provider, key, replace_locked: replaceLocked });
      const saved = await runStep('saving', () => sent.then(refreshed).then(() => true));
      return saved && check();
    },
    forget: () => setOutcome(null),
  };
}
