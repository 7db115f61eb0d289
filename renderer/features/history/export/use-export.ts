import { useRef, useState } from 'react';
import { errorText } from '../../../api/error-text.ts';
import { request } from '../../../api/client.ts';
import { errorInfoOf } from '../../../api/operation-error.ts';
import { historyMessages } from '../../../messages/history-messages.ts';
import { toast } from '../../../state/toasts.ts';
import { formatCount } from '../../../ui/format.ts';
import { saveFile } from '../../../ui/save-file.ts';
import type { LogQuery } from '../history-filter.ts';
import type { ExportForm } from './export-rows.ts';
import { headOf, linesOf } from './export-rows.ts';
import { callsFile } from './save-calls.ts';

const t = historyMessages.history;
const pageSize = 500;

/** Saves every call that passes the filter, page by page; `done` counts them during the export. */
export function useExport(query: LogQuery) {
  const [done, setDone] = useState<number | null>(null);
  const stop = useRef<AbortController | null>(null);

  async function readAll(form: ExportForm, signal: AbortSignal): Promise<{ parts: string[]; count: number }> {
    const parts = [headOf(form)];
    let count = 0;
    let before: string | undefined;
    // Always in the order of time: then the next page continues exactly where the last one ended, whatever is
    // added meanwhile.
    const { sort: _sort, order: _order, ...filter } = query;
    for (;;) {
      const page = await request('calls.list', { ...filter, limit: pageSize, before }, signal);
      parts.push(linesOf(form, page.calls));
      count += page.calls.length;
      setDone(count);
      if (page.next === null) return { parts, count };
      before = page.next;
    }
  }

  async function start(form: ExportForm): Promise<void> {
    const abort = new AbortController();
    stop.current = abort;
    setDone(0);
    try {
      const { parts, count } = await readAll(form, abort.signal);
      const { name, type } = callsFile(form);
      saveFile(name, parts, type);
      toast({ title: t.exported(formatCount(count)), description: name });
    } catch (thrown) {
      const error = errorInfoOf(thrown);
      if (error.code !== 'cancelled')
        toast({ title: t.exportFailed, description: errorText(error), kind: 'bad' });
    } finally {
      stop.current = null;
      setDone(null);
    }
  }

  return { done, start, cancel: () => stop.current?.abort() };
}
