import type { Billing, JsonObject } from '../define.ts';
import { BillingReader, eachObject, names } from '../shared/billing.ts';
import { arr, obj, str } from '../shared/read.ts';

/** Source: https://docs.ollama.com/api/chat */
const free = names('model stream format tools think keep_alive logprobs top_logprobs truncate shift');

/** What a body of `/api/chat` can cost, at a server that bills by token. */
export function billing(body: JsonObject): Billing {
  const reader = new BillingReader();
  reader.fields(body, '', free, {
    messages: (value, path) =>
      eachObject(value, path, (message) => {
        for (const image of arr(message.images)) reader.image(str(image)?.length ?? 0);
      }),
    // -1 means no limit, -2 until the context is full: both leave the model's own limit.
    options: (value) => reader.limit(obj(value).num_predict),
  });
  return reader.result();
}
