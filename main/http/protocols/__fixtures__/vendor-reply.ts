import { pieces, whole } from '../../../core/__fixtures__/provider-replies.ts';
import type { Exchange, Reply } from '../../../core/__fixtures__/provider-upstream.ts';
import type { Protocol } from '../../../core/__fixtures__/protocols.ts';

const asksStream = ({ path, json }: Exchange) =>
  path.includes(':streamGenerateContent') || json()['stream'] === true;

/** A vendor's reply as requested: complete, or as a stream of these texts. */
export function vendorReply(wire: Protocol, ...texts: string[]): Reply {
  return (exchange) =>
    asksStream(exchange)
      ? pieces(wire.stream(...texts))(exchange)
      : whole(wire.reply(texts.join('')))(exchange);
}
