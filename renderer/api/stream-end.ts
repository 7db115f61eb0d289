import type { ChatStreamEvent } from '../../contract/chat.ts';
import type { Envelope, ErrorCode } from '../../contract/errors.ts';
import { messages } from '../messages.ts';
import { failure } from './operation-error.ts';

/** The last event of a stream as the envelope that the desktop's door gives; no end is a failure, never a success. */
export function envelopeOfEnd(last: ChatStreamEvent | undefined, callId: string): Envelope<unknown> {
  if (last?.event === 'done') return { ok: true, data: last.data };
  if (last?.event !== 'error') return failure('internal_error', messages.transport.cut, callId);
  const { code, message, details, request_id: requestId } = last.data;
  return {
    ok: false,
    error: {
      code: code as ErrorCode,
      message: String(message),
      ...(typeof details === 'object' && details !== null && { details: details as Record<string, unknown> }),
      request_id: String(requestId ?? callId),
    },
  };
}
