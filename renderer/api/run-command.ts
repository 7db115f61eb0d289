import { notifyManager } from '@tanstack/react-query';
import type { OperationInput, OperationOutput, OperationsOfKind } from '../../contract/operations/table.ts';
import { awaitedQueries } from './awaited-queries.ts';
import { request } from './client.ts';
import { queryClient } from './query-client.ts';

/** Runs a command outside a component. Resolves once the queries awaiting it have their new results. */
export async function runCommand<N extends OperationsOfKind<'command'>>(
  name: N,
  input: OperationInput<N>,
): Promise<OperationOutput<N>> {
  const output = await request(name, input);
  const waiting = awaitedQueries[name] ?? [];
  if (waiting.length === 0) return output;
  await Promise.all(waiting.map((query) => queryClient.invalidateQueries({ queryKey: [query] })));
  // Components get the new results in a later task: a form that shows the saved values too early loses its focus.
  await new Promise<void>((resolve) => notifyManager.schedule(resolve));
  return output;
}
