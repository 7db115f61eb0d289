import { expect, it } from 'vitest';
import { chatCore, chatTo, telling } from '../../__fixtures__/chat-core.ts';
import { pieces, whole } from '../../__fixtures__/provider-replies.ts';
import { startProvider, type Reply } from '../../__fixtures__/provider-upstream.ts';
import { testContext } from '../../__fixtures__/test-core.ts';
import { sse } from '../../__fixtures__/upstream.ts';
import { protocols } from '../../__fixtures__/protocols.ts';

const { openAi, anthropic } = protocols;
const schema = { type: 'object', properties: { greeting: { type: 'string' } }, required: ['greeting'] };

/** A stream to a caller who takes OpenAI's own bytes. */
async function passed(reply: Reply, input: object = chatTo(openAi)) {
  const upstream = await startProvider(reply);
  const { core } = chatCore(upstream.url);
  const reported = telling();
  const blocks: string[] = [];
  const streamListener = { ...reported, pass: () => (block: Buffer) => void blocks.push(block.toString()) };
  const envelope = await core.dispatcher.dispatch(
    'chat.stream',
    input,
    testContext({ callerProtocol: 'openai' }),
    streamListener,
  );
  return { envelope, reported: reported, text: blocks.join('') };
}

it('a stream passed through byte for byte still yields text, usage and cost in the answer', async () => {
  const { envelope, reported } = await passed(pieces(openAi.stream('Hello, ', 'Mira.')));
  expect(envelope).toMatchObject({
    ok: true,
    data: {
      reply: 'Hello, Mira.',
      usage: { prompt_tokens: 11, completion_tokens: 5 },
      cost: { source: 'price_table' },
      timing: { first_token_ms: expect.any(Number) },
    },
  });
  expect(reported.text()).toBe('');
});

it("a reply that misses the module's schema ends in an error, and its end mark is not passed on", async () => {
  const { envelope, text } = await passed(pieces(openAi.stream('no JSON')), chatTo(openAi, { schema }));
  expect(envelope).toMatchObject({ ok: false, error: { code: 'output_schema_mismatch' } });
  expect(text).toContain('no JSON');
  expect(text).not.toContain('[DONE]');
});

it('a refusal that is passed through counts as a reply, not as a failure', async () => {
  const chunk = (delta: object, finish_reason: string | null) =>
    sse({ choices: [{ index: 0, delta, finish_reason }] });
  const { envelope, text } = await passed(
    pieces([chunk({ refusal: 'I cannot.' }, null), chunk({}, 'stop'), sse('[DONE]')]),
  );
  expect([envelope.ok, text.includes('I cannot.'), text.includes('[DONE]')]).toEqual([true, true, true]);
});

it("another protocol's reply is sent as parts, also to a caller of the OpenAI protocol", async () => {
  const { envelope, reported, text } = await passed(pieces(anthropic.stream('Hello.')), chatTo(anthropic));
  expect([envelope.ok, reported.text(), text]).toEqual([true, 'Hello.', '']);
});

it('a whole reply is passed as raw bytes only to a caller who can use them', async () => {
  const raw = JSON.stringify(openAi.reply('Hello.'), null, 3);
  const upstream = await startProvider(whole(raw));
  const { core } = chatCore(upstream.url);
  const ask = async (callerProtocol?: 'openai') => {
    const received: Buffer[] = [];
    const onReplyBytes = (bytes: Buffer) => void received.push(bytes);
    const context = testContext({ ...(callerProtocol ? { callerProtocol } : {}), onReplyBytes });
    const { ok } = await core.dispatcher.dispatch('chat.send', chatTo(openAi), context);
    return ok ? received[0]?.toString() : 'failed';
  };
  expect([await ask('openai'), await ask()]).toEqual([raw, undefined]);
});
