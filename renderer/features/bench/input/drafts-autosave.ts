import type { RegistryView } from '../../../../contract/operations/registry.ts';
import type { PanelSettings } from '../../../../contract/settings.ts';
import { request } from '../../../api/client.ts';
import { debounce } from '../../../state/drafts/debounce.ts';
import { setTarget, useTarget } from '../../../state/target.ts';
import { addColumn, mainColumn, setActiveColumn, useColumns } from '../columns/columns.ts';
import { livingTarget } from '../columns/target-options.ts';
import { useDrafts } from './drafts.ts';
import { useOverrides } from './overrides.ts';
import type { SavedBench } from './saved-bench.ts';
import { readSavedBench, toSavedDrafts } from './saved-bench.ts';
import { useSavedInputs } from './saved-inputs.ts';
import { useVariables } from './variables.ts';

let started = false;

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

function save(): void {
  const drafts = { bench: benchNow() };
  // A failure is reported elsewhere (the server is gone); the draft stays in memory and goes with the next save.
  void request('settings.update', { drafts }).catch(() => undefined);
}

/** Brings the drafts of the last start back, then saves them after every pause in typing. Only the first call counts. */
export function restoreAndKeepDrafts(settings: PanelSettings, registry: RegistryView | undefined): void {
  if (started) return;
  started = true;
  const bench = readSavedBench(settings.drafts.bench);
  if (bench.target) setTarget(registry ? livingTarget(registry, bench.target) : bench.target);
  for (const column of bench.columns) addColumn(column);
  setActiveColumn(mainColumn);
  useVariables.setState({ forms: bench.forms, byModule: bench.variables });
  useOverrides.setState({ byModule: bench.overrides });
  useSavedInputs.setState({ saved: bench.saved });
  useDrafts.setState((now) => ({ byModule: { ...bench.byModule, ...now.byModule }, restored: true }));
  const saveSoon = debounce(save);
  for (const store of [useDrafts, useTarget, useColumns, useVariables, useOverrides, useSavedInputs])
    store.subscribe(saveSoon);
}

/** The settings cannot be read now: what is typed stays in memory until they can. */
export function goOnWithoutDrafts(): void {
  useDrafts.setState({ restored: true });
}
