import type { OperationInput, OperationOutput, OperationsOfKind } from '../../contract/operations/table.ts';
import { request } from './client.ts';

/** The query key of an operation, and how it is fetched: the same for every component. */
export function operationQuery<N extends OperationsOfKind<'query'>>(name: N, input: OperationInput<N>) {
  return {
    queryKey: [name, input],
    queryFn: ({ signal }: { signal: AbortSignal }): Promise<OperationOutput<N>> =>
      request(name, input, signal),
  };
}
