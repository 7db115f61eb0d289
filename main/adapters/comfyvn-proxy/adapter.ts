import type { Adapter, Billing, JsonObject } from '../define.ts';
import { providerError } from '../shared/wire-error.ts';
import { toRequest } from './request.ts';
import { fromResponse } from './response.ts';
import { billing as chatBilling } from '../openai-chat/billing.ts';
import { obj } from '../shared/read.ts';

/** What a proxied chat can cost: its `params` are those of a chat completion. */
function billing(body: JsonObject): Billing {
  const { params, messages, model, ...others } = body;
  return chatBilling({ ...obj(params), messages, model, ...others });
}

/**
 * ComfyVN's generic proxy: `POST {base}/chat` with `{ model, messages, params }`, answered by one JSON object
 * that contains the reply. It does not stream and lists no models. Source: ComfyVN's
 * comfyvn/models/adapters/proxy.py
 */
export const comfyvnProxy: Adapter<null> = {
  protocol: 'comfyvn-proxy',
  framing: 'sse',
  capabilities: { structuredOutput: 'prompt', tools: false, images: false, stream: false },
  auth: { header: 'authorization', prefix: 'Bearer ' },
  modelList: null,
  billing,
  toRequest,
  fromResponse,
  newStream: () => null,
  fromStreamEvent: () => [],
  toError: providerError,
};
