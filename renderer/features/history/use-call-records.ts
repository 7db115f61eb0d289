import { useCallback, useEffect, useRef, useState } from 'react';
import type { ErrorInfo } from '../../../contract/errors.ts';
import { request } from '../../api/client.ts';
import { errorInfoOf } from '../../api/operation-error.ts';
import { withRecords, type LogRow, type Records } from './log-rows.ts';

/** Rows this near to the visible ones should be loaded before the user reaches them. */
const loadAhead = 30;
/** How many rows above and below the visible ones are loaded at once. */
const loadAround = 60;
/** Calls that the log did not return are requested again after this time. */
const askAgainMs = 5000;

const none: ReadonlySet<string> = new Set();

/** The records of the calls near the visible rows. Those that were dropped are loaded when they are visible again. */
export function useCallRecords(rows: readonly LogRow[], remove: (ids: ReadonlySet<string>) => void) {
  const [records, setRecords] = useState<Records>(new Map());
  const [failed, setFailed] = useState<ErrorInfo | null>(null);
  const loading = useRef(false);
  // While the database cannot be read, the log returns nothing.
  const [unread, setUnread] = useState(none);
  useEffect(() => {
    if (unread.size === 0) return undefined;
    const timer = setTimeout(() => setUnread(none), askAgainMs);
    return () => clearTimeout(timer);
  }, [unread]);
  /** Loads the missing records of these rows and of those near them. */
  const loadVisible = useCallback(
    async (first: number, last: number) => {
      const isMissing = ({ id }: LogRow) => !records.has(id) && !unread.has(id);
      const within = (distance: number) => rows.slice(Math.max(0, first - distance), last + 1 + distance);
      if (loading.current || failed || !within(loadAhead).some(isMissing)) return;
      const ids = within(loadAround)
        .filter(isMissing)
        .map(({ id }) => id);
      loading.current = true;
      try {
        const { calls } = await request('calls.list', { ids, limit: ids.length });
        const returned = new Set(calls.map(({ id }) => id));
        const missing = ids.filter((id) => !returned.has(id));
        // Another computer, or the log's own age limit, may have deleted some meanwhile.
        if (calls.length > 0 && missing.length > 0) remove(new Set(missing));
        else if (missing.length > 0) setUnread((before) => new Set([...before, ...missing]));
        setRecords((before) => withRecords(before, calls));
      } catch (thrown) {
        setFailed(errorInfoOf(thrown));
      } finally {
        loading.current = false;
      }
    },
    [rows, records, failed, unread, remove],
  );
  const retry = useCallback(() => setFailed(null), []);
  return { records, loadVisible, failed, retry };
}
