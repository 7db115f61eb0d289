import type { JsonObject, ProtocolChat } from '../define.ts';
import type { Reader } from './reader.ts';

/** Our own object in a body of any protocol, as in `/v1/chat/completions`. It is not sent to providers. */
export const ownField = 'comfyvn';

const names = ['retries', 'fallback', 'allow_retired', 'max_cost_usd'] as const;

/** Options for us rather than the model. The chat schema validates their values. */
export function ownFields(body: JsonObject, reader: Reader): Partial<ProtocolChat> {
  const own = reader.object(body[ownField], ownField) ?? {};
  for (const name of Object.keys(own)) {
    if (!names.some((known) => known === name)) {
      reader.fail(`${ownField}.${name}`, `unknown field; there are ${names.join(', ')}`);
    }
  }
  return own as Partial<ProtocolChat>;
}
