import { lazy, Suspense } from 'react';
import { useToasts } from '../../state/toasts.ts';

const Toaster = lazy(() => import('../../ui/toaster.tsx').then((m) => ({ default: m.Toaster })));

/** Toasts, whose script comes with the first of them and then stays. */
export function Toasts() {
  const any = useToasts((state) => state.any);
  return any ? (
    <Suspense>
      <Toaster />
    </Suspense>
  ) : null;
}
