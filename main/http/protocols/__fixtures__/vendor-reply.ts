import { pieces, whole } from '../../../core/__fixtures__/provider-replies.ts';
import type { Exchange, Reply } from '../../../core/__fixtures__/provider-upstream.ts';
import type { Protocol } from '../../../core/__fixtures__/protocols.ts';

const asksStream = ({ path, json }: Exchange) =>
  path.includes(':streamGenerateContent') || json()['stream'] === true;

/** A vendor's reply in the way it is asked for: whole, or as a stream of these texts. */
export function vendorReply(protocol: Protocol, ...texts: string[]): Reply {
  return (exchange) =>
    asksStream(exchange)
      ? pieces(protocol.stream(...texts))(exchange)
      : whole(protocol.reply(texts.join('')))(exchange);
}
