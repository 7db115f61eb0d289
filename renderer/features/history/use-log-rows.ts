import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallIndex } from '../../../contract/call-log.ts';
import type { ErrorInfo } from '../../../contract/errors.ts';
import { request } from '../../api/client.ts';
import { errorInfoOf } from '../../api/operation-error.ts';
import { useOperation } from '../../api/use-operation.ts';
import type { LogQuery } from './history-filter.ts';
import type { LogRows } from './log-rows.ts';
import { noRows, withNewestPage, withNextPage, withoutCalls, withWaiting } from './log-rows.ts';
import { useCallRecords } from './use-call-records.ts';

const headSize = 100;
const nothing: CallIndex = { ids: [], plans: {}, next: null };

/**
 * The filtered log: ids of all calls, in pages of thousands, and records of the calls near the visible rows.
 * The newest page is kept up to date.
 */
export function useLogRows(query: LogQuery) {
  const head = useOperation('calls.index', { ...query, limit: headSize });
  const [log, setLog] = useState<LogRows>(noRows);
  const [loading, setLoading] = useState(false);
  const [failed, setFailed] = useState<ErrorInfo | null>(null);
  const remove = useCallback((ids: ReadonlySet<string>) => setLog((before) => withoutCalls(before, ids)), []);
  const { records, loadVisible, ...missing } = useCallRecords(log.rows, remove);
  const atStart = useRef(true);
  const sorted = query.sort !== undefined;

  useEffect(() => {
    const page = head.data;
    if (!page) return;
    setLog((before) =>
      // A sorted list does not follow new calls: they would move the rows.
      sorted && before.read ? before : withNewestPage(before, page, atStart.current),
    );
  }, [head.data, sorted]);

  const { next } = log;
  const count = log.rows.length;
  const load = useCallback(async () => {
    if (next === null) return;
    setLoading(true);
    setFailed(null);
    try {
      const page = await request('calls.index', {
        ...query,
        ...(sorted ? { offset: count } : { before: next }),
      });
      setLog((before) => (before.next === next ? withNextPage(before, page) : before));
    } catch (thrown) {
      setFailed(errorInfoOf(thrown));
    } finally {
      setLoading(false);
    }
  }, [query, next, count, sorted]);

  const page = head.data ?? nothing;
  const showWaiting = useCallback(() => setLog((before) => withWaiting(before, page)), [page]);
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
