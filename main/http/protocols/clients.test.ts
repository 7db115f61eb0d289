import { describe, expect, it } from 'vitest';
import { chatOptions } from '../../core/__fixtures__/chat-core.ts';
import { pieces } from '../../core/__fixtures__/provider-replies.ts';
import { startProvider } from '../../core/__fixtures__/provider-upstream.ts';
import { vendors } from '../../core/__fixtures__/protocols.ts';
import { testServer } from '../__fixtures__/test-server.ts';
import { allClients, type Turn } from './__fixtures__/real-clients.ts';
import { vendorReply } from './__fixtures__/vendor-reply.ts';

const messages: Turn[] = [{ role: 'user', content: 'Say hello to Mira.' }];

async function serverBefore(url: string) {
  return testServer(chatOptions(url));
}

describe.each(allClients)('$name', (client) => {
  it('gets a text from every provider, streaming or not', async () => {
    const upstream = await startProvider();
    const { url } = await serverBefore(upstream.url);
    for (const protocol of vendors) {
      upstream.answer(vendorReply(protocol, 'Hello, ', 'Mira.'));
      const ask = { url, model: `${protocol.provider}/${protocol.model}`, messages };
      expect(await client.whole(ask), protocol.provider).toBe('Hello, Mira.');
      const seen: string[] = [];
      expect(await client.stream(ask, (piece) => void seen.push(piece)), protocol.provider).toBe(
        'Hello, Mira.',
      );
      expect(seen.length, protocol.provider).toBe(protocol.streams ? 2 : 1);
      const last = upstream.exchanges.at(-1)?.body.toString();
      expect(last, protocol.provider).toContain('Say hello to Mira.');
    }
    expect(upstream.exchanges).toHaveLength(vendors.length * 2);
  });

  it('that disconnects from a stream closes the connection to each provider', async () => {
    const upstream = await startProvider();
    const { url } = await serverBefore(upstream.url);
    const streaming = vendors.filter(({ streams }) => streams);
    for (const protocol of streaming) {
      const begun = protocol.stream('Once ', 'upon ');
      const first = begun.findIndex((piece) => piece.includes('Once '));
      upstream.restart(pieces(begun.slice(0, first + 1), 'hang'));
      const leave = new AbortController();
      const ask = { url, model: `${protocol.provider}/${protocol.model}`, messages, signal: leave.signal };
      const streamed = client.stream(ask, () => leave.abort()).catch(() => 'left');
      const exchange = await upstream.next();
      await exchange.ended;
      await streamed;
      expect(upstream.exchanges, protocol.provider).toHaveLength(1);
    }
    expect(streaming.length).toBeGreaterThan(5);
  });

  it('can send a thousand turns to every provider', async () => {
    const upstream = await startProvider();
    const { url } = await serverBefore(upstream.url);
    const turns: Turn[] = Array.from({ length: 999 }, (_, n) => ({
      role: n % 2 === 0 ? 'user' : 'assistant',
      content: `turn ${n}`,
    }));
    for (const protocol of vendors) {
      upstream.restart(vendorReply(protocol, 'We did.'));
      const ask = { url, model: `${protocol.provider}/${protocol.model}`, messages: turns };
      expect(await client.whole(ask), protocol.provider).toBe('We did.');
      const body = upstream.exchanges[0]?.body.toString() ?? '';
      for (const n of [0, 1, 500, 998]) expect(body, protocol.provider).toMatch(new RegExp(`turn ${n}\\b`));
    }
  });
});
