import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CallDetail } from '../../../contract/call-log.ts';
import { chat, chatTo, hello, plantedKey, sharedChat, telling } from '../__fixtures__/chat-core.ts';
import { pieces, whole } from '../__fixtures__/provider-replies.ts';
import type { TestCore } from '../__fixtures__/test-core.ts';
import { protocols } from '../__fixtures__/protocols.ts';

const { openAi } = protocols;
const schema = { type: 'object', properties: { line: { type: 'string' } }, required: ['line'] };
const shared = sharedChat();

async function keepBodies(core: TestCore, keep = true): Promise<void> {
  await core.ask('settings.update', { record_bodies: keep });
}

async function newest(core: TestCore): Promise<CallDetail> {
  const { calls } = await core.ask('calls.list', { limit: 1 });
  return (await core.ask('calls.get', { id: calls[0]?.id ?? '' })).call;
}

const requests: [string, Record<string, unknown>, 'json' | 'stream'][] = [
  ['every kind of setting', { params: { temperature: 0.3 }, top_p: 0.5, stop: ['END'], seed: 7 }, 'json'],
  ['a stream', { params: { max_tokens: 90 } }, 'stream'],
  ['a schema', { schema }, 'json'],
  ['a module whose schema is turned off', { module: 'translate', schema: null }, 'json'],
  ['options of the provider', { provider_options: { body: { logit_bias: { 50256: -100 } } } }, 'json'],
];

describe('a replayed call', () => {
  test.each(requests)('is planned and sent with the same bytes: %s', async (_, overrides, mode) => {
    const { core, upstream } = shared;
    await keepBodies(core);
    const reply = '{"line":"well"}';
    upstream.answer(mode === 'stream' ? pieces(openAi.stream(reply)) : whole(openAi.reply(reply)));
    const { error } = await chat(core, chatTo(openAi, overrides), mode);
    expect(error).toBeUndefined();
    const { id, sha256 } = await newest(core);
    expect((await core.ask('calls.plan', { id })).plan.sha256).toBe(sha256);
    expect(upstream.exchanges).toHaveLength(1);
    expect(await core.ask('calls.replay', { id }, telling())).toMatchObject({ reply });
    const [first, second] = upstream.exchanges;
    expect(second?.body.toString()).toBe(first?.body.toString());
    expect((await newest(core)).sha256).toBe(sha256);
  });

  test('has the options of its prompt pack', async () => {
    const { core } = shared;
    await keepBodies(core);
    const { samples } = await core.ask('packs.get', { module: 'worldbuild' });
    const variables = samples[0]?.variables;
    await core.ask('packs.run', { module: 'worldbuild', variables, send: true, dry_run: true });
    const { id, sha256, mode } = await newest(core);
    expect(mode).toBe('dry');
    expect((await core.ask('calls.plan', { id })).plan.sha256).toBe(sha256);
  });

  test('is refused where its messages are truncated or not stored', async () => {
    const { core, upstream } = shared;
    const messages = [{ role: 'user', content: 'x'.repeat(70_000) }];
    upstream.answer(whole(openAi.reply('well')));
    await keepBodies(core);
    await chat(core, chatTo(openAi, { messages }));
    const cut = await newest(core);
    expect(cut).toMatchObject({ request: null, bodies: { cut: true } });
    expect(await core.refusal('calls.plan', { id: cut.id })).toMatchObject({ code: 'not_found' });
    await keepBodies(core, false);
    await chat(core, chatTo(openAi));
    const bare = await newest(core);
    expect(bare).toMatchObject({ request: null, bodies: null });
    const { message } = await core.refusal('calls.replay', { id: bare.id }, telling());
    expect(message).toContain('record_bodies');
    expect(upstream.exchanges).toHaveLength(2);
  });
});

test('a key in a request field is not stored with the request', async () => {
  const { core, upstream } = shared;
  const key = plantedKey('openai_public');
  upstream.answer(whole(openAi.reply('well')));
  await keepBodies(core);
  await chat(core, chatTo(openAi, { messages: hello, user: key, params: { temperature: 0.1 } }));
  const { request } = await newest(core);
  expect(request?.params).toEqual({ temperature: 0.1 });
  expect(JSON.stringify(request)).not.toContain('planted');
  const folder = join(core.root, 'data');
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
  expect(files.join('')).not.toMatch(/planted|Zq81k|kTw5vLx0/);
});
