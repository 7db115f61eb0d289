import { expect, it } from 'vitest';
import { chatTo, hello, plantedKey, sharedChat, telling } from '../__fixtures__/chat-core.ts';
import { whole } from '../__fixtures__/provider-replies.ts';
import { testContext } from '../__fixtures__/test-core.ts';
import { protocols } from '../__fixtures__/protocols.ts';

const { openAi } = protocols;
const shared = sharedChat();

async function callFrom(fromPanel: boolean, input: object = chatTo(openAi, { retries: 0 })) {
  const { core } = shared;
  await core.core.dispatcher.dispatch('chat.send', input, testContext({ fromPanel }));
  const { calls } = await core.ask('calls.list', {});
  return asPanel(calls[0]?.id ?? '');
}

/** A call of the log, as the panel's window sees it. */
async function asPanel(id: string) {
  const found = await shared.core.core.dispatcher.dispatch(
    'calls.get',
    { id },
    testContext({ fromPanel: true }),
  );
  if (!found.ok) throw new Error(found.error.message);
  return found.data.call;
}

it('a call from the panel can be replayed in the same session while messages are not stored', async () => {
  const { upstream, core } = shared;
  upstream.answer(whole(openAi.reply('well')));
  const call = await callFrom(true);
  expect(call).toMatchObject({ request: { messages: hello }, bodies: { reply: 'well', session: true } });
  const again = await core.core.dispatcher.dispatch(
    'calls.replay',
    { id: call.id },
    testContext({ fromPanel: true }),
    telling(),
  );
  expect(again.ok).toBe(true);
  const [first, second] = upstream.exchanges.map(({ body }) => JSON.parse(body.toString()) as object);
  expect(first).toMatchObject({ messages: hello });
  expect(second).toEqual(first);
});

it('another API caller cannot read what the panel sent', async () => {
  const { core, upstream } = shared;
  upstream.answer(whole(openAi.reply('well')));
  const { id } = await callFrom(true);
  expect((await core.ask('calls.get', { id })).call).toMatchObject({ request: null, bodies: null });
  expect(await core.refusal('calls.plan', { id })).toMatchObject({ code: 'not_found' });
});

it('messages of other callers are not stored by default', async () => {
  shared.upstream.answer(whole(openAi.reply('well')));
  expect(await callFrom(false)).toMatchObject({ request: null, bodies: null });
});

it('a key in a message is redacted in the session’s copy', async () => {
  shared.upstream.answer(whole(openAi.reply('well')));
  const key = plantedKey(openAi.provider);
  const text = `My key is ${key}.`;
  const call = await callFrom(true, chatTo(openAi, { messages: [{ role: 'user', content: text }] }));
  expect(call.bodies?.messages).toContain('My key is');
  expect(JSON.stringify(call)).not.toContain(key);
});

it('a preview is not logged; a dry run with the same bytes is', async () => {
  const { core } = shared;
  const count = async () => (await core.ask('calls.list', {})).calls.length;
  const before = await count();
  const preview = await core.ask('chat.preview', chatTo(openAi, { stream: true }));
  expect(await count()).toBe(before);
  const plan = await core.ask('chat.send', chatTo(openAi, { stream: true, dry_run: true }));
  expect(await count()).toBe(before + 1);
  expect('plan' in plan && plan.plan.sha256).toBe(preview.plan.sha256);
});

it('the log has the provider’s status beside the one the caller got', async () => {
  shared.upstream.answer(whole(openAi.error('no such model'), 404));
  expect(await callFrom(true)).toMatchObject({ status: 502, upstream_status: 404 });
  shared.upstream.answer(whole(openAi.reply('well')));
  expect(await callFrom(true)).toMatchObject({ status: 200, upstream_status: 200 });
});
