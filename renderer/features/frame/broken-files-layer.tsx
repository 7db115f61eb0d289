import { lazy, Suspense, useEffect, useState } from 'react';
import { useOperation } from '../../api/use-operation.ts';

const BrokenFiles = lazy(() =>
  import('./broken-files/broken-files.tsx').then((m) => ({ default: m.BrokenFiles })),
);

/** The longest wait for an idle window, in milliseconds. */
const maxIdleWaitMs = 500;

/** Asks for broken files once the window is idle. The banner's script is loaded only if there are any. */
export function BrokenFilesLayer() {
  const [isIdle, setIdle] = useState(false);
  useEffect(() => {
    const handle = requestIdleCallback(() => setIdle(true), { timeout: maxIdleWaitMs });
    return () => cancelIdleCallback(handle);
  }, []);
  const { data } = useOperation('files.broken', {}, { enabled: isIdle });
  if (!data?.files.length) return null;
  return (
    <Suspense>
      <BrokenFiles files={data.files} opensFiles={data.opens_files} />
    </Suspense>
  );
}
