import { describe, expect, it } from 'vitest';
import { answerOf, chat, chatTo, sharedChat, type Mode } from '../../__fixtures__/chat-core.ts';
import { burst, pieces, whole } from '../../__fixtures__/provider-replies.ts';
import { protocols } from '../../__fixtures__/protocols.ts';

const modes: Mode[] = ['json', 'stream'];
const shared = sharedChat();

describe.each(Object.values(protocols))('$provider', (protocol) => {
  it.each(modes)('a reply of 5 MB arrives whole, %s', async (mode) => {
    const { upstream, core } = shared;
    const text = 'ü'.repeat(5 * 1024 * 512);
    const cut = (i: number) => Math.floor((i * text.length) / 40);
    const parts = Array.from({ length: 40 }, (_, i) => text.slice(cut(i), cut(i + 1)));
    upstream.answer(
      protocol.streams && mode === 'stream' ? pieces(protocol.stream(...parts)) : whole(protocol.reply(text)),
    );
    const { answer, error } = await chat(core, chatTo(protocol), mode);
    expect(error).toBeUndefined();
    expect(answer?.reply === text).toBe(true);
  });

  it.each(modes)('a reply in 10,000 tiny chunks, %s: arrives', async (mode) => {
    const { upstream, core } = shared;
    const words = Array.from({ length: 10_000 }, (_, i) => `${i} `);
    const body = JSON.stringify(protocol.reply(words.join('')));
    const streamed = protocol.streams && mode === 'stream';
    const bytes = streamed ? protocol.stream(...words) : body.match(/.{1,6}/gs)!;
    upstream.answer(burst(bytes, streamed ? {} : { 'content-type': 'application/json' }));
    const { answer, reported } = await chat(core, chatTo(protocol), mode);
    expect(answer?.reply).toBe(words.join(''));
    if (streamed) expect(reported.events.filter(({ event }) => event === 'delta')).toHaveLength(10_000);
  });
});

it('characters split by the network are put together', async () => {
  const { upstream, core } = shared;
  const bytes = Buffer.from(protocols.openAi.stream('日本語のテキスト 🎭').join(''));
  upstream.answer(pieces(Array.from(bytes, (byte) => Buffer.from([byte]))));
  expect((await answerOf(core, chatTo(protocols.openAi), 'stream')).reply).toBe('日本語のテキスト 🎭');
});

it.each([protocols.openAi, protocols.anthropic, protocols.gemini, protocols.ollama])(
  '$provider: a stream without a last line break is read to its end',
  async (protocol) => {
    const { upstream, core } = shared;
    upstream.answer(pieces([protocol.stream('all ', 'there').join('').trimEnd()]));
    expect((await answerOf(core, chatTo(protocol), 'stream')).reply).toBe('all there');
  },
);

it.each(['hang', 'reset'] as const)(
  'a connection that ends in a %s after the end mark does not spoil the reply',
  async (ending) => {
    const { upstream, core } = shared;
    upstream.answer(pieces(protocols.openAi.stream('all ', 'there'), ending));
    const answer = await answerOf(core, chatTo(protocols.openAi, { retries: 0 }), 'stream');
    expect(answer.reply).toBe('all there');
    expect(answer.usage).toMatchObject({ prompt_tokens: 11, completion_tokens: 5 });
    await upstream.idle();
  },
);

it('a plain JSON answer to a streaming request is delivered as one delta', async () => {
  const { upstream, core } = shared;
  upstream.answer(whole(protocols.openAi.reply('not piece by piece')));
  const { answer, reported } = await chat(core, chatTo(protocols.openAi), 'stream');
  expect(answer?.reply).toBe('not piece by piece');
  expect(reported.events.map(({ event }) => event)).toEqual(['start', 'delta', 'usage']);
});
