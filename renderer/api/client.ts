import type { Envelope } from '../../contract/errors.ts';
import type {
  OperationInput,
  OperationName,
  OperationOutput,
  OperationsOfKind,
} from '../../contract/operations/table.ts';
import { messages } from '../messages.ts';
import { denyAccess } from './access-state.ts';
import { accessToken } from './access-token.ts';
import { bridgeTransport } from './bridge-transport.ts';
import { httpTransport } from './http-transport.ts';
import { pageFailure, unwrap } from './operation-error.ts';
import type { OnStreamEvent, Transport } from './transport.ts';

const noTransport: Transport = {
  request: async () => pageFailure('token_required', messages.transport.noToken, ''),
  stream: async () => pageFailure('token_required', messages.transport.noToken, ''),
  listen: () => () => undefined,
};

function chooseTransport(): Transport {
  if (window.panel) return bridgeTransport(window.panel);
  if (accessToken !== null) return httpTransport(accessToken);
  denyAccess('no_token');
  return noTransport;
}

/** Chosen once, when the window loads. */
export const transport = chooseTransport();

/** Calls one operation of the contract. Rejects with `OperationError`. */
export async function request<N extends OperationName>(
  name: N,
  input: OperationInput<N>,
  signal?: AbortSignal,
): Promise<OperationOutput<N>> {
  const envelope = await transport.request(name, input, signal);
  return unwrap(envelope as Envelope<OperationOutput<N>>);
}

/**
 * Calls a stream operation; resolves with the complete answer. Rejects with `OperationError`, also when
 * cancelled.
 */
export async function stream<N extends OperationsOfKind<'stream'>>(
  name: N,
  input: OperationInput<N>,
  onEvent: OnStreamEvent,
  signal?: AbortSignal,
): Promise<OperationOutput<N>> {
  const envelope = await transport.stream(name, input, onEvent, signal);
  return unwrap(envelope as Envelope<OperationOutput<N>>);
}
