import type { Envelope } from '../../contract/errors.ts';
import type { StreamEvent } from '../../contract/events.ts';
import { messages } from '../messages.ts';
import { pageFailure } from './operation-error.ts';
import { readFailure } from './read-failure.ts';
import { readSse } from './sse-reader.ts';
import type { OnStreamEvent } from './transport.ts';

/**
 * The last event of a stream as the envelope that the desktop transport returns. A stream without an end has
 * failed.
 */
export function envelopeOfEnd(last: StreamEvent | undefined, callId: string): Envelope<unknown> {
  if (last?.event === 'done') return { ok: true, data: last.data };
  const reported = last?.event === 'error' ? readFailure(last.data, callId) : null;
  return reported ?? pageFailure('provider_interrupted', messages.transport.cut, callId);
}

/** Passes on each event of a stream as it arrives. Rejects if the connection breaks. */
export async function readChatStream(
  response: Response,
  onEvent: OnStreamEvent,
  callId: string,
): Promise<Envelope<unknown>> {
  let last: StreamEvent | undefined;
  await readSse(response, ({ event, data }) => {
    last = { event, data: JSON.parse(data) } as StreamEvent;
    onEvent(last);
  });
  return envelopeOfEnd(last, callId);
}
