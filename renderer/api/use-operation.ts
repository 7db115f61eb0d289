import type { UseQueryResult } from '@tanstack/react-query';
import { useQuery } from '@tanstack/react-query';
import type { OperationInput, OperationOutput, OperationsOfKind } from '../../contract/operations/table.ts';
import type { OperationError } from './operation-error.ts';
import { operationQuery } from './operation-query.ts';

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
