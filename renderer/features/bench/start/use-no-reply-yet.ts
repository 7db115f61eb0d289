import { useEffect, useState } from 'react';
import { useOperation } from '../../../api/use-operation.ts';

/** Whether no provider has answered a call yet, as far as the call log knows; null until it is known. */
export function useNoReplyYet(): boolean | null {
  // After the first drawing: the call log's database is not opened before the window can be used.
  const [drawn, setDrawn] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setDrawn(true));
    return () => clearTimeout(timer);
  }, []);
  const asked = { mode: 'live' as const, ok: true, limit: 1 };
  const { data, isError } = useOperation('calls.list', asked, { enabled: drawn });
  if (isError) return false;
  return data ? data.calls.length === 0 : null;
}
