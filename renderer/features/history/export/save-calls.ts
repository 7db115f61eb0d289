import { chunk } from 'es-toolkit';
import type { CallRecord } from '../../../../contract/call-log.ts';
import { request } from '../../../api/client.ts';
import { historyMessages } from '../../../messages/history-messages.ts';
import { toast } from '../../../state/toasts.ts';
import { formatCount } from '../../../ui/format.ts';
import { saveFile } from '../../../ui/save-file.ts';
import type { ExportForm } from './export-rows.ts';
import { headOf, linesOf } from './export-rows.ts';

const types = { jsonl: 'application/jsonl', csv: 'text/csv' } as const;
/** The most calls that one request of the log returns. */
const pageSize = 500;

/** The name and MIME type of a file of calls. */
export function callsFile(form: ExportForm): { name: string; type: string } {
  return { name: `llm-calls-${new Date().toISOString().slice(0, 10)}.${form}`, type: types[form] };
}

/** Saves these calls to a file in this order, and reports it. Calls that the log no longer has are left out. */
export async function saveCalls(form: ExportForm, ids: readonly string[]): Promise<void> {
  const byId = new Map<string, CallRecord>();
  for (const some of chunk(ids, pageSize)) {
    const { calls } = await request('calls.list', { ids: some, limit: pageSize });
    for (const call of calls) byId.set(call.id, call);
  }
  const calls = ids.flatMap((id) => byId.get(id) ?? []);
  const { name, type } = callsFile(form);
  saveFile(name, [headOf(form), linesOf(form, calls)], type);
  toast({ title: historyMessages.history.exported(formatCount(calls.length)), description: name });
}
