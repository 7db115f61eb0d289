import type { OperationInput } from '../../../../contract/operations/table.ts';
import { request } from '../../../api/client.ts';
import { noticeTexts } from '../../../api/notice-text.ts';
import { modulesMessages } from '../../../messages/modules-messages.ts';
import { toast } from '../../../state/toasts.ts';
import { saveFile } from '../../../ui/save-file.ts';
import { attempt } from '../failure.ts';

const t = modulesMessages.presetsDone;

/** Saves presets to a file. Main leaves out possible secrets; the toast says how many. */
export function exportPresets(input: OperationInput<'presets.export'>): Promise<boolean> {
  return attempt(async () => {
    const { text, file_name: name, left_out: leftOut, ...answer } = await request('presets.export', input);
    saveFile(name, [text], 'application/json');
    const notes = [...(leftOut.length > 0 ? [t.leftOut(leftOut.length)] : []), ...noticeTexts(answer)];
    toast({ title: t.exported(name), description: notes.join(' ') || undefined });
  });
}
