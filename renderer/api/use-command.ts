import type { UseMutationResult } from '@tanstack/react-query';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { OperationInput, OperationOutput } from '../../contract/operations/table.ts';
import { request } from './client.ts';
import type { OperationError } from './operation-error.ts';
import type { PanelCommand } from './touched-queries.ts';
import { touchedQueries } from './touched-queries.ts';

/** A command of the contract; the queries it touches are asked for again when it has succeeded. */
export function useCommand<N extends PanelCommand>(
  name: N,
): UseMutationResult<OperationOutput<N>, OperationError, OperationInput<N>> {
  const queries = useQueryClient();
  return useMutation<OperationOutput<N>, OperationError, OperationInput<N>>({
    mutationFn: (input) => request(name, input),
    onSuccess: () =>
      Promise.all(touchedQueries[name].map((query) => queries.invalidateQueries({ queryKey: [query] }))),
  });
}
