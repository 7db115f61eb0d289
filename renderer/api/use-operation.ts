import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { OperationInput, OperationOutput, OperationsOfKind } from '../../contract/operations/table.ts';
import type { OperationError } from './operation-error.ts';
import { request } from './client.ts';

/** Under which key an operation's answer is kept, and how it is asked for: the same for whoever wants it. */
export function operationQuery<N extends OperationsOfKind<'query'>>(name: N, input: OperationInput<N>) {
  return {
    queryKey: [name, input],
    queryFn: ({ signal }: { signal: AbortSignal }): Promise<OperationOutput<N>> =>
      request(name, input, signal),
  };
}

/** A query of the contract, kept current by main's `stale` events. `enabled: false` waits for `refetch`. */
export function useOperation<N extends OperationsOfKind<'query'>>(
  name: N,
  input: OperationInput<N>,
  options: { enabled?: boolean } = {},
): UseQueryResult<OperationOutput<N>, OperationError> {
  return useQuery<OperationOutput<N>, OperationError>({
    ...operationQuery(name, input),
    enabled: options.enabled ?? true,
  });
}
