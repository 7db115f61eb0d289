import type { JsonObject, ProtocolChat } from '../define.ts';
import type { Reader } from './reader.ts';

/** Our own object in a body of any protocol, as `/v1/chat/completions` has it. No provider sees it. */
export const ownField = 'comfyvn';

const names = ['retries', 'fallback', 'allow_retired', 'max_cost_usd'] as const;

/** What the caller says to us and not to the model. The values are checked where every chat's are. */
export function ownFields(body: JsonObject, reader: Reader): Partial<ProtocolChat> {
  const own = reader.object(body[ownField], ownField) ?? {};
  for (const name of Object.keys(own)) {
    if (!names.some((known) => known === name)) {
      reader.fail(`${ownField}.${name}`, `unknown field; there are ${names.join(', ')}`);
    }
  }
  return own as Partial<ProtocolChat>;
}
