import { useEffect } from 'react';

/** Tells tests and the start-up benchmark that the Bench can be used: `<html data-ready="true">`. */
export function useReadySignal(ready: boolean): void {
  useEffect(() => {
    if (!ready || document.documentElement.dataset.ready) return;
    document.documentElement.dataset.ready = 'true';
    performance.mark('interactive');
  }, [ready]);
}
