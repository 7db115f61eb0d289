import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallPage } from '../../../contract/call-log.ts';
import type { ErrorInfo } from '../../../contract/errors.ts';
import { request } from '../../api/client.ts';
import { errorInfoOf } from '../../api/operation-error.ts';
import { useOperation } from '../../api/use-operation.ts';
import type { LogQuery } from './history-filter.ts';
import type { LogRows } from './log-rows.ts';
import { noRows, shown, withHead, withOlder } from './log-rows.ts';

const headSize = 100;
const pageSize = 200;
const nothing: CallPage = { calls: [], next: null };

/** The filtered log: its newest page is kept fresh, older ones are read when the end comes near. */
export function useLogRows(query: LogQuery) {
  const head = useOperation('calls.list', { ...query, limit: headSize });
  const [log, setLog] = useState<LogRows>(noRows);
  const [loading, setLoading] = useState(false);
  const [failed, setFailed] = useState<ErrorInfo | null>(null);
  const atStart = useRef(true);

  useEffect(() => {
    const page = head.data;
    if (page) setLog((before) => withHead(before, page, atStart.current));
  }, [head.data]);

  const { next } = log;
  const load = useCallback(async () => {
    if (next === null) return;
    setLoading(true);
    setFailed(null);
    try {
      const page = await request('calls.list', { ...query, limit: pageSize, before: next });
      setLog((before) => (before.next === next ? withOlder(before, page) : before));
    } catch (thrown) {
      setFailed(errorInfoOf(thrown));
    } finally {
      setLoading(false);
    }
  }, [query, next]);

  const page = head.data ?? nothing;
  const showWaiting = useCallback(() => setLog((before) => shown(before, page)), [page]);
  const setAtStart = useCallback(
    (is: boolean) => {
      atStart.current = is;
      if (is) showWaiting();
    },
    [showWaiting],
  );
  return { log, head, loading, failed, load, showWaiting, setAtStart };
}
