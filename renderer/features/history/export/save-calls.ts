import type { CallRecord } from '../../../../contract/call-log.ts';
import { historyMessages } from '../../../messages/history-messages.ts';
import { toast } from '../../../state/toasts.ts';
import { formatCount } from '../../../ui/format.ts';
import { saveFile } from '../../../ui/save-file.ts';
import type { ExportForm } from './export-rows.ts';
import { headOf, linesOf } from './export-rows.ts';

const types = { jsonl: 'application/jsonl', csv: 'text/csv' } as const;

/** The name and MIME type of a file of calls. */
export function callsFile(form: ExportForm): { name: string; type: string } {
  return { name: `llm-calls-${new Date().toISOString().slice(0, 10)}.${form}`, type: types[form] };
}

/** Saves these calls to a file, and reports it. */
export function saveCalls(form: ExportForm, calls: readonly CallRecord[]): void {
  const { name, type } = callsFile(form);
  saveFile(name, [headOf(form), linesOf(form, calls)], type);
  toast({ title: historyMessages.history.exported(formatCount(calls.length)), description: name });
}
