import type { Adapter } from '../define.ts';
import { BillingReader } from '../shared/billing.ts';
import { isObject, str } from '../shared/read.ts';
import { providerError } from '../shared/wire-error.ts';
import { toRequest } from './request.ts';

/**
 * The stub: the core answers with `stubReply` and sends nothing. Its protocol is as plain as possible, so
 * that a dry run can show a request and what a real provider would receive.
 */
export const stub: Adapter<null> = {
  protocol: 'stub',
  framing: 'ndjson',
  // The core splits the echo into pieces itself.
  capabilities: { structuredOutput: 'json_schema', tools: false, images: false, stream: true },
  auth: null,
  modelList: null,
  // Nothing is sent, so nothing can cost.
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
