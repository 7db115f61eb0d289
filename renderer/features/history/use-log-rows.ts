import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallPage } from '../../../contract/call-log.ts';
import type { ErrorInfo } from '../../../contract/errors.ts';
import { request } from '../../api/client.ts';
import { errorInfoOf } from '../../api/operation-error.ts';
import { useOperation } from '../../api/use-operation.ts';
import type { LogQuery } from './history-filter.ts';
import type { LogRows } from './log-rows.ts';
import {
  noRows,
  withNewestPage,
  withOlderPage,
  withoutCalls,
  withSortedPage,
  withWaiting,
} from './log-rows.ts';
import { useCallRecords } from './use-call-records.ts';

const headSize = 100;
const pageSize = 200;
const nothing: CallPage = { calls: [], next: null };

const isFull = ({ calls }: CallPage, size: number) => calls.length === size;

/**
 * The filtered log: its newest page is kept up to date, older pages are loaded when the user scrolls near the
 * end. Of calls far from the visible rows, only the ids are kept.
 */
export function useLogRows(query: LogQuery) {
  const head = useOperation('calls.list', { ...query, limit: headSize });
  const [log, setLog] = useState<LogRows>(noRows);
  const [loading, setLoading] = useState(false);
  const [failed, setFailed] = useState<ErrorInfo | null>(null);
  const remove = useCallback((ids: ReadonlySet<string>) => setLog((before) => withoutCalls(before, ids)), []);
  const { records, add, loadVisible, ...missing } = useCallRecords(log.rows, remove);
  const atStart = useRef(true);
  const sorted = query.sort !== undefined;

  useEffect(() => {
    const page = head.data;
    if (!page) return;
    if (atStart.current) add(page.calls);
    setLog((before) => {
      if (!sorted) return withNewestPage(before, page, atStart.current);
      return before.read ? before : withSortedPage(before, page.calls, isFull(page, headSize));
    });
  }, [head.data, sorted, add]);

  const { next } = log;
  const count = log.rows.length;
  const load = useCallback(async () => {
    if (next === null) return;
    setLoading(true);
    setFailed(null);
    try {
      const from = sorted ? { offset: count } : { before: next };
      const page = await request('calls.list', { ...query, limit: pageSize, ...from });
      add(page.calls);
      setLog((before) => {
        if (before.next !== next) return before;
        return sorted
          ? withSortedPage(before, page.calls, isFull(page, pageSize))
          : withOlderPage(before, page);
      });
    } catch (thrown) {
      setFailed(errorInfoOf(thrown));
    } finally {
      setLoading(false);
    }
  }, [query, next, count, sorted, add]);

  const page = head.data ?? nothing;
  const showWaiting = useCallback(() => {
    add(page.calls);
    setLog((before) => withWaiting(before, page));
  }, [page, add]);
  const setAtStart = useCallback(
    (is: boolean) => {
      atStart.current = is;
      if (is) showWaiting();
    },
    [showWaiting],
  );
  const retry = () => {
    missing.retry();
    if (failed) void load();
  };
  return {
    log,
    records,
    head,
    loading,
    failed: failed ?? missing.failed,
    load,
    loadVisible,
    retry,
    remove,
    showWaiting,
    setAtStart,
  };
}
