import type { RegistryView } from '../../../../contract/operations/registry.ts';
import { useEffect } from 'react';
import { knownAnswer } from '../../../api/query-client.ts';
import { savedDrafts, useAreRestored } from '../../../api/saved-drafts.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { setTarget, useTarget } from '../../../state/target.ts';
import { addColumn, mainColumn, setActiveColumn, useColumns } from '../columns/columns.ts';
import { existingTarget } from '../columns/target-options.ts';
import { useDrafts } from './drafts.ts';
import { useOverrides } from './overrides.ts';
import type { SavedBench } from './saved-bench.ts';
import { readSavedBench, toSavedDrafts } from './saved-bench.ts';
import { useSavedInputs } from './saved-inputs.ts';
import { useVariables } from './variables.ts';

function benchNow(): SavedBench {
  const { forms, byModule: variables } = useVariables.getState();
  return {
    target: useTarget.getState(),
    byModule: toSavedDrafts(useDrafts.getState().byModule),
    columns: useColumns.getState().further.map(({ target }) => target),
    forms,
    variables,
    overrides: useOverrides.getState().byModule,
    saved: useSavedInputs.getState().saved,
  };
}

/** The Bench as the last session left it, with a target that still exists. */
const savedBenchDrafts = savedDrafts<[RegistryView | undefined]>({
  stores: [useDrafts, useTarget, useColumns, useVariables, useOverrides, useSavedInputs],
  restore(drafts, registry) {
    const bench = readSavedBench(drafts.bench);
    if (bench.target) setTarget(registry ? existingTarget(registry, bench.target) : bench.target);
    for (const column of bench.columns) addColumn(column);
    setActiveColumn(mainColumn);
    useVariables.setState({ forms: bench.forms, byModule: bench.variables });
    useOverrides.setState({ byModule: bench.overrides });
    useSavedInputs.setState({ saved: bench.saved });
    useDrafts.setState(({ byModule }) => ({ byModule: { ...bench.byModule, ...byModule } }));
  },
  current: () => ({ bench: benchNow() }),
});

/**
 * Called before the first render, to render the page once: restores the drafts if the settings have already
 * arrived.
 */
export function restoreKnownDrafts(): void {
  const settings = knownAnswer('settings.get');
  if (settings) savedBenchDrafts.begin(settings, knownAnswer('registry.get'));
}

/** Whether the drafts of the last session are restored, or could not be read. */
export function useRestoredDrafts(): boolean {
  const settings = useOperation('settings.get', {});
  const registry = useOperation('registry.get', {});
  const settled = !settings.isPending && !registry.isPending;
  useEffect(() => {
    if (!settled) return;
    if (settings.data) savedBenchDrafts.begin(settings.data, registry.data);
    else savedBenchDrafts.goOnWithout();
  }, [settled, settings.data, registry.data]);
  return useAreRestored(savedBenchDrafts);
}
