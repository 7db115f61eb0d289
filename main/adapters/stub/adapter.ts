import type { Adapter } from '../define.ts';
import { BillingReader } from '../shared/billing.ts';
import { isObject, str } from '../shared/read.ts';
import { providerError } from '../shared/wire-error.ts';
import { toRequest } from './request.ts';

/**
 * No provider: the core answers by `stubReply` and sends nothing. As a protocol it is the plainest one there can be, so
 * that a dry run shows a request, and what a real provider would have received.
 */
export const stub: Adapter<null> = {
  protocol: 'stub',
  framing: 'ndjson',
  // The core cuts the echo into pieces itself.
  capabilities: { structuredOutput: 'json_schema', tools: false, images: false, stream: true },
  auth: null,
  modelList: null,
  // Nothing leaves the machine.
  billing: () => new BillingReader().result(),
  toRequest,
  fromResponse(json) {
    const text = isObject(json) ? str(json.reply) : undefined;
    return text === undefined ? null : { text, toolCalls: [], finish: 'stop', usage: null };
  },
  newStream: () => null,
  fromStreamEvent: () => [],
  toError: providerError,
};
