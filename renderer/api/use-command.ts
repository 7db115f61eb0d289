import type { UseMutationResult } from '@tanstack/react-query';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { OperationInput, OperationOutput, OperationsOfKind } from '../../contract/operations/table.ts';
import { awaitedQueries } from './awaited-queries.ts';
import { request } from './client.ts';
import type { OperationError } from './operation-error.ts';

/** A command of the contract. It completes once the queries awaiting it have their new results. */
export function useCommand<N extends OperationsOfKind<'command'>>(
  name: N,
): UseMutationResult<OperationOutput<N>, OperationError, OperationInput<N>> {
  const queries = useQueryClient();
  const refreshed = (query: string) => queries.invalidateQueries({ queryKey: [query] });
  return useMutation<OperationOutput<N>, OperationError, OperationInput<N>>({
    mutationFn: (input) => request(name, input),
    onSuccess: () => Promise.all((awaitedQueries[name] ?? []).map(refreshed)),
  });
}
