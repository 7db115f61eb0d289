import type { PanelEvent } from '../../contract/events.ts';
import type { OperationOutput, OperationsOfKind } from '../../contract/operations/table.ts';
import { transport } from './client.ts';
import { PanelQueryClient } from './panel-query-client.ts';

/** Main reports stale queries, so nothing is fetched again on focus or at intervals. */
export const queryClient = new PanelQueryClient({
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

/** The last answer of an operation without input, if any. */
export function knownAnswer<N extends OperationsOfKind<'query'>>(name: N): OperationOutput<N> | undefined {
  return queryClient.getQueryData<OperationOutput<N>>([name, {}]);
}

const renew = (operation: string) => queryClient.invalidateQueries({ queryKey: [operation] });

/** What lists the things that are asked for by name. */
const lists: readonly string[] = ['registry.get', 'translate.list'];

/**
 * What is asked for by name may be gone. The lists say so and come first: a moment later what showed it is off the
 * screen, and nobody asks for it again.
 */
async function refresh(operations: readonly string[]): Promise<void> {
  const first = operations.filter((operation) => lists.includes(operation));
  const others = operations.filter((operation) => !lists.includes(operation));
  if (first.length > 0) {
    await Promise.all(first.map(renew));
    await new Promise((drawn) => setTimeout(drawn));
  }
  for (const operation of others) void renew(operation);
}

function onPanelEvent(event: PanelEvent): void {
  if (event.type === 'stale') void refresh(event.operations);
}

/** Keeps query results current while the window is open. */
export function keepQueriesFresh(): void {
  transport.listen(onPanelEvent, () => void queryClient.invalidateQueries());
}
