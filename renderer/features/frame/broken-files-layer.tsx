import { lazy, Suspense, useEffect, useState } from 'react';
import { useOperation } from '../../api/use-operation.ts';

const BrokenFiles = lazy(() =>
  import('./broken-files/broken-files.tsx').then((m) => ({ default: m.BrokenFiles })),
);

/** At the latest then, however busy the window is. */
const patienceMs = 500;

/** Asks for broken files once the window has drawn itself; the banner's script comes with the first of them. */
export function BrokenFilesLayer() {
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    const later = requestIdleCallback(() => setAsked(true), { timeout: patienceMs });
    return () => cancelIdleCallback(later);
  }, []);
  const { data } = useOperation('files.broken', {}, { enabled: asked });
  if (!data?.files.length) return null;
  return (
    <Suspense>
      <BrokenFiles files={data.files} opensFiles={data.opens_files} />
    </Suspense>
  );
}
