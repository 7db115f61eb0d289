import { useEffect, useState } from 'react';
import { useOperation } from '../../../api/use-operation.ts';

/** Whether the call log has no answered live call yet; null until known. */
export function useNoReplyYet(): boolean | null {
  // Asked after the first render: opening the call log's database must not delay the window.
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
