import { useQueryClient } from '@tanstack/react-query';
import type { PackForEditing, PackPreview } from '../../../../contract/user-pack.ts';
import { request } from '../../../api/client.ts';
import { errorInfoOf } from '../../../api/operation-error.ts';
import { useAction } from '../../../api/use-action.ts';
import { promptPacksMessages } from '../../../messages/prompt-packs-messages.ts';
import { openOnBench } from '../../../state/bench-handoff.ts';
import { toast } from '../../../state/toasts.ts';
import { saveFile } from '../../../ui/save-file.ts';
import { packDrafts, usePreviewTexts } from '../drafts/drafts.ts';
import { fingerprint, type PackDraft, type PackWork } from '../drafts/pack-draft.ts';
import { selectPack } from '../selection.ts';
import { refreshPacks, reportDone, reportFailure } from '../report-done.ts';
import { previewValues, variablesOf } from './pack-variables.ts';
import type { PackEditor } from './use-pack-editor.ts';

const t = promptPacksMessages.promptPacks;

function titleOf({ pack }: PackWork, module: string): string {
  return typeof pack.title === 'string' && pack.title ? pack.title : module;
}

/** Restores the edits after their save was undone. Newer edits stay, based on the files before that save. */
function restoreEdits(module: string, before: PackDraft): void {
  const newer = packDrafts.get(module);
  packDrafts.set(module, newer ? { ...newer, base: before.base } : before);
}

/** Selects the built-in pack first, so that no query asks for the removed one. */
async function remove(module: string, title: string): Promise<void> {
  const draft = packDrafts.get(module);
  selectPack('built-in', module);
  try {
    const { change, ...notices } = await request('packs.remove', { module });
    packDrafts.set(module, null);
    const after = () => {
      if (draft) packDrafts.set(module, draft);
      selectPack('user', module);
    };
    reportDone({ title: t.removed(title), change, ...notices, after });
  } catch (thrown) {
    selectPack('user', module);
    reportFailure(errorInfoOf(thrown));
  }
}

/** The actions on the pack on screen. */
export function usePackActions(
  source: PackForEditing,
  editor: PackEditor,
  preview: PackPreview | undefined,
  overridden: boolean,
) {
  const queries = useQueryClient();
  const { run, busy, error } = useAction();
  const { module, work, readOnly, dirty, texts } = editor;
  const title = titleOf(work, module);
  const broken = (preview?.problems ?? []).some(({ file }) => file !== 'values');

  const write = (content: PackWork, done: string, before: PackDraft | null) =>
    run(async () => {
      const sent = { work: content, texts: {}, base: fingerprint(content) };
      const { change, ...notices } = await packDrafts.save(module, sent, async () => {
        const output = await request('packs.save', { content });
        await refreshPacks(queries);
        return output;
      });
      reportDone({ title: done, change, ...notices, after: () => before && restoreEdits(module, before) });
    });

  const unsavable = Object.keys(texts).length > 0 ? t.textsDoNotHold : broken ? t.saveBroken : undefined;
  const cannotSave = dirty ? unsavable : t.nothingToSave;
  return {
    busy,
    error,
    cannotSave,
    cannotRun: overridden ? t.runOverridden : dirty ? t.runUnsaved : broken ? t.runBroken : undefined,
    save() {
      if (cannotSave !== undefined) return toast({ title: t.notSaved, description: cannotSave });
      write(work, t.saved(title), packDrafts.get(module) ?? null);
    },
    restore: (content: PackWork, at: string) => write(content, t.restored(at), null),
    discard() {
      const draft = packDrafts.get(module);
      editor.discard();
      toast({ title: t.discarded, undo: draft && (() => packDrafts.set(module, draft)) });
    },
    runOnBench() {
      const typed = usePreviewTexts.getState().byModule[module] ?? {};
      openOnBench({ target: { module }, variables: previewValues(variablesOf(work), typed) });
    },
    duplicate: () =>
      run(async () => {
        const { change, ...notices } = await request('packs.duplicate', { module, source: source.source });
        await refreshPacks(queries);
        selectPack('user', module);
        const before = () => selectPack('built-in', module);
        reportDone({ title: t.duplicated(title), change, ...notices, before });
      }),
    remove: () => void remove(module, title),
    exportFile: () =>
      run(async () => {
        const which = { module, source: source.source };
        const { text, file_name, left_out } = await request('packs.export', which);
        saveFile(file_name, [text], 'application/json');
        const description = left_out.length ? t.keysCut(left_out.length) : undefined;
        toast({ title: t.exported(file_name), description });
      }),
    readOnly,
  };
}

export type PackActions = ReturnType<typeof usePackActions>;
