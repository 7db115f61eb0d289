import { expect, it } from 'vitest';
import { chatCore, chatTo, telling } from '../../__fixtures__/chat-core.ts';
import { burst } from '../../__fixtures__/provider-replies.ts';
import { stalled, startProvider } from '../../__fixtures__/provider-upstream.ts';
import { testContext } from '../../__fixtures__/test-core.ts';
import { protocols } from '../../__fixtures__/protocols.ts';

const piece = 'x'.repeat(100_000);
const total = 250;

it.each([protocols.openAi, protocols.ollama])(
  '$provider: a slow reader’s stream is not buffered in memory',
  async (protocol) => {
    const upstream = await startProvider(
      burst(protocol.stream(...Array.from({ length: total }, () => piece))),
    );
    const { core } = chatCore(upstream.url);
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    let taken = 0;
    const reported = telling(() => {
      taken++;
      return held;
    });
    const done = core.dispatcher.dispatch('chat.stream', chatTo(protocol), testContext(), reported);
    const exchange = await upstream.next();
    await stalled(exchange);
    expect(taken).toBe(1);
    expect(exchange.sent()).toBeGreaterThan(0);
    expect(exchange.sent()).toBeLessThan((total * piece.length) / 2);
    release();
    expect((await done).ok).toBe(true);
    expect(taken).toBe(total);
  },
);
