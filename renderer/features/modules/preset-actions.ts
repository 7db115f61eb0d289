import type { PresetForms, PresetSettings } from '../../../contract/user-preset.ts';
import { settingsOf } from '../../../contract/preset-settings.ts';
import { runCommand } from '../../api/run-command.ts';
import { modulesMessages } from '../../messages/modules-messages.ts';
import { openOnBench } from '../../state/bench-handoff.ts';
import { toast } from '../../state/toasts.ts';
import type { PresetDraft } from './drafts/drafts.ts';
import { draftKey, presetDrafts } from './drafts/drafts.ts';
import { attempt } from './failure.ts';
import { presetUpdate } from './preset/preset-update.ts';
import { openPreset } from './selection.ts';
import { reportDone } from './undo-change.ts';

const t = modulesMessages.presetsDone;

/** The preset that an action applies to. */
export interface PresetRef {
  module: string;
  id: string;
}

function dropDraft({ module, id }: PresetRef): PresetDraft | undefined {
  const key = draftKey(module, id);
  const draft = presetDrafts.get(key);
  presetDrafts.set(key, null);
  return draft;
}

function putDraftBack({ module, id }: PresetRef, draft: PresetDraft | undefined): void {
  if (draft) presetDrafts.set(draftKey(module, id), draft);
}

/** Edits made while the save is in progress stay unsaved, even if the save is undone. */
export function savePreset(at: PresetRef, settings: PresetSettings): Promise<boolean> {
  const key = draftKey(at.module, at.id);
  const draft: PresetDraft = { settings: settingsOf(settings), texts: {} };
  return attempt(async () => {
    const { change, ...notices } = await presetDrafts.save(key, draft, () =>
      runCommand('presets.update', { ...at, ...presetUpdate(settings) }),
    );
    const after = () => presetDrafts.set(key, presetDrafts.get(key) ?? draft);
    reportDone({ title: t.saved(at.id), change, ...notices, after });
  });
}

export function discardDraft(at: PresetRef): void {
  const draft = dropDraft(at);
  toast({ title: t.discarded, undo: () => putDraftBack(at, draft) });
}

/** `id: null` restores the module's built-in default. */
export function activatePreset(module: string, id: string | null): Promise<boolean> {
  return attempt(async () => {
    const { change, ...notices } = await runCommand('presets.activate', { module, id });
    reportDone({ title: id === null ? t.deactivated(module) : t.activated(id, module), change, ...notices });
  });
}

export function duplicatePreset(at: PresetRef): Promise<boolean> {
  return attempt(async () => {
    const { preset, change, ...notices } = await runCommand('presets.duplicate', at);
    openPreset(at.module, preset.id);
    reportDone({
      title: t.duplicated(preset.id),
      change,
      ...notices,
      after: () => openPreset(at.module, at.id),
    });
  });
}

/** Creates a preset with a model and no other settings. */
export function createPreset(
  module: string,
  { provider, model }: Pick<PresetSettings, 'provider' | 'model'>,
) {
  return attempt(async () => {
    const { preset, change, ...notices } = await runCommand('presets.create', {
      module,
      preset: { provider, model, options: {}, notes: '' },
    });
    openPreset(module, preset.id);
    reportDone({ title: t.duplicated(preset.id), change, ...notices });
  });
}

export function renamePreset(at: PresetRef, rename: string): Promise<boolean> {
  return attempt(async () => {
    const { change, ...notices } = await runCommand('presets.update', { ...at, rename });
    const renamed = { module: at.module, id: rename };
    putDraftBack(renamed, dropDraft(at));
    openPreset(at.module, rename);
    const after = () => {
      putDraftBack(at, dropDraft(renamed));
      openPreset(at.module, at.id);
    };
    reportDone({ title: t.renamed(rename), change, ...notices, after });
  });
}

export function removePreset(at: PresetRef, next: string | null): Promise<boolean> {
  return attempt(async () => {
    const { change, ...notices } = await runCommand('presets.remove', at);
    const draft = dropDraft(at);
    if (next !== null) openPreset(at.module, next);
    const after = () => {
      putDraftBack(at, draft);
      openPreset(at.module, at.id);
    };
    reportDone({ title: t.removed(at.id), change, ...notices, after });
  });
}

export function resetPreset(at: PresetRef): Promise<boolean> {
  return attempt(async () => {
    const { change, ...notices } = await runCommand('presets.reset', at);
    const draft = dropDraft(at);
    reportDone({ title: t.reset(at.id), change, ...notices, after: () => putDraftBack(at, draft) });
  });
}

/** Opens a preset on the Bench as shown: a saved one by its id, an edited one as settings of the call. */
export function tryOnBench(module: string, preset: PresetForms, draft: PresetSettings | null): void {
  if (draft === null) {
    return openOnBench({ target: { module, preset: preset.id, provider: null, model: null }, overrides: {} });
  }
  const { provider, model, options, schema, provider_options } = draft;
  openOnBench({
    target: { module, provider, model, preset: null },
    overrides: { params: options, schema, provider_options },
  });
}
