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
  await Promise.all(waiting.map((query) => queryClient.invalidateQueries({ queryKey: [query] })));
  return output;
}

/** Resolves when components have the results that have arrived: they get them in a later task. */
export const resultsShown = (): Promise<void> =>
  new Promise((resolve) => {
    notifyManager.schedule(resolve);
  });
