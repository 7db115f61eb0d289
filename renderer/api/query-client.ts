import { QueryClient } from '@tanstack/react-query';
import type { PanelEvent } from '../../contract/events.ts';
import { transport } from './client.ts';

/** Main tells what is stale, so nothing is fetched again on focus or by the clock. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Infinity,
      gcTime: Infinity,
      retry: false,
      refetchOnWindowFocus: false,
      networkMode: 'always',
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});

function onPanelEvent(event: PanelEvent): void {
  if (event.type !== 'stale') return;
  for (const operation of event.operations) void queryClient.invalidateQueries({ queryKey: [operation] });
}

/** Keeps the answers fresh for the life of the window. */
export function keepQueriesFresh(): void {
  transport.listen(onPanelEvent, () => void queryClient.invalidateQueries());
}
