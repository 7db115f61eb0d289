import type { RegistryView } from '../../../../contract/operations/registry.ts';
import type { PanelSettings } from '../../../../contract/settings.ts';
import { request } from '../../../api/client.ts';
import { setTarget, useTarget } from '../../../state/target.ts';
import { useDrafts } from './drafts.ts';
import { readSavedBench, toSavedBench } from './saved-bench.ts';
import { livingTarget } from '../columns/target-options.ts';

const quietMs = 500;
let kept = false;

function save(): void {
  const drafts = { bench: toSavedBench(useTarget.getState(), useDrafts.getState().byModule) };
  // A failure is told elsewhere (the server is gone); the draft stays in memory and goes with the next save.
  void request('settings.update', { drafts }).catch(() => undefined);
}

/** Calls `action` once things have been quiet for a while, or at once when the window goes away. */
function afterQuiet(action: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const run = () => {
    clearTimeout(timer);
    timer = undefined;
    action();
  };
  window.addEventListener('pagehide', () => timer !== undefined && run());
  return () => {
    clearTimeout(timer);
    timer = setTimeout(run, quietMs);
  };
}

/** Brings the drafts of the last start back, then saves them after every pause in typing. Only the first call counts. */
export function restoreAndKeepDrafts(settings: PanelSettings, registry: RegistryView | undefined): void {
  if (kept) return;
  kept = true;
  const { target, byModule } = readSavedBench(settings.drafts.bench);
  if (target) setTarget(registry ? livingTarget(registry, target) : target);
  useDrafts.setState((now) => ({ byModule: { ...byModule, ...now.byModule }, restored: true }));
  const saveSoon = afterQuiet(save);
  useDrafts.subscribe(saveSoon);
  useTarget.subscribe(saveSoon);
}

/** The settings cannot be read now: what is typed stays in memory until they can. */
export function goOnWithoutDrafts(): void {
  useDrafts.setState({ restored: true });
}
