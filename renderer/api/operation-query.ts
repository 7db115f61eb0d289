import type { OperationInput, OperationOutput, OperationsOfKind } from '../../contract/operations/table.ts';
import { request } from './client.ts';

/** Under which key an operation's answer is kept, and how it is asked for: the same for whoever wants it. */
export function operationQuery<N extends OperationsOfKind<'query'>>(name: N, input: OperationInput<N>) {
  return {
    queryKey: [name, input],
    queryFn: ({ signal }: { signal: AbortSignal }): Promise<OperationOutput<N>> =>
      request(name, input, signal),
  };
}
