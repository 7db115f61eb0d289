import type { Billing, JsonObject } from '../define.ts';
import { billing as chatBilling } from '../openai-chat/billing.ts';
import { obj } from '../shared/read.ts';

/** What a proxied chat can cost; its `params` are those of a chat completion. */
export function billing(body: JsonObject): Billing {
  const { params, messages, model, ...others } = body;
  return chatBilling({ ...obj(params), messages, model, ...others });
}
