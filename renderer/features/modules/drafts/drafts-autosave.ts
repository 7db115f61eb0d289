import type { PanelSettings } from '../../../../contract/settings.ts';
import { request } from '../../../api/client.ts';
import { debounce } from '../../../state/drafts/debounce.ts';
import { useDrafts } from './drafts.ts';
import { readSavedDrafts } from './saved-drafts.ts';

let started = false;

function save(): void {
  const { byPreset } = useDrafts.getState();
  // A failure is reported elsewhere (the server is gone); the draft stays in memory and goes with the next save.
  void request('settings.update', { drafts: { modules: { byPreset } } }).catch(() => undefined);
}

/** Brings the drafts of the last start back, then saves them after every pause. Only the first call counts. */
export function restoreAndKeepDrafts(settings: PanelSettings): void {
  if (started) return;
  started = true;
  const saved = readSavedDrafts(settings.drafts.modules);
  useDrafts.setState((now) => ({ byPreset: { ...saved, ...now.byPreset }, restored: true }));
  useDrafts.subscribe(debounce(save));
}

/** The settings cannot be read now: what is typed stays in memory until they can. */
export function goOnWithoutDrafts(): void {
  useDrafts.setState({ restored: true });
}
