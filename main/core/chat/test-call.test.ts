import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sharedChat, chatCore, hello, plantedKey } from '../__fixtures__/chat-core.ts';
import { whole } from '../__fixtures__/provider-replies.ts';
import { vendors, protocols } from '../__fixtures__/protocols.ts';

const clouds = vendors.filter(
  ({ provider }) => !['ollama_default', 'lmstudio_local', 'studio_proxy'].includes(provider),
);
const locals = vendors.filter((protocol) => !clouds.includes(protocol));
const nothingOn = { 'config/comfyvn.json': {} };
const mark = '[dry run, nothing sent] ';

const shared = sharedChat();

describe('a test call costs nothing by default', () => {
  it.each(clouds)('$provider: it is a dry run, and sends nothing', async (protocol) => {
    const { upstream, core } = shared;
    upstream.answer(whole(protocol.reply('billed')));
    for (const named of [{ registry_id: protocol.provider }, { provider: protocol.provider }]) {
      const answer = await core.ask('chat.test', { ...named, model: protocol.model, messages: hello });
      expect(answer).toMatchObject({ dry_run: true, reply: `${mark}Say hello to Mira.`, rating_gate: null });
      expect(answer.data).toEqual({ reply: answer.reply, raw: null, headers: {}, usage: null });
      expect(answer.plan?.sha256).toBe(
        createHash('sha256').update(JSON.stringify(answer.plan?.body)).digest('hex'),
      );
      expect(answer.estimate?.cost?.max).toBeGreaterThan(0);
      expect(answer.warnings.join()).toContain('live: true');
      expect(JSON.stringify(answer)).not.toContain(plantedKey(protocol.provider));
    }
    expect(upstream.exchanges).toHaveLength(0);
  });

  it('a paid provider under another name, or as a runtime adapter, stays a dry run', async () => {
    const { upstream, core } = shared;
    upstream.answer(whole(protocols.openAi.reply('billed')));
    await core.ask('runtime.register', {
      id: 'sly',
      provider: 'openai_public',
      metadata: { models: ['gpt-4o'] },
    });
    for (const registry_id of ['sly', 'openrouter_hub']) {
      const answer = await core.ask('chat.test', { registry_id, messages: hello });
      expect(answer.dry_run).toBe(true);
    }
    expect(upstream.exchanges).toHaveLength(0);
  });

  it('live: true while the connector is off sends nothing, and names the flag', async () => {
    const { upstream } = shared;
    upstream.answer(whole(protocols.openAi.reply('billed')));
    const off = chatCore(upstream.url, { files: nothingOn });
    const answer = await off.ask('chat.test', { registry_id: 'openai_public', prompt: 'hi', live: true });
    expect(answer).toMatchObject({ dry_run: true, reply: `${mark}hi` });
    expect(answer.warnings.join()).toMatch(/nothing was sent.*enable_/);
    expect(upstream.exchanges).toHaveLength(0);
  });

  it('a dry run works without a key, for a retired model, and over the budget', async () => {
    const env = { COMFYVN_LLM_ANTHROPIC_PUBLIC_API_KEY: undefined, COMFYVN_LLM_CALL_BUDGET_USD: '0' };
    const core = chatCore('http://127.0.0.1:9', { env });
    const answer = await core.ask('chat.test', {
      registry_id: 'anthropic_public',
      model: 'claude-3-opus',
      prompt: 'hi',
    });
    expect(answer).toMatchObject({ dry_run: true, reply: `${mark}hi` });
    expect(answer.warnings.join()).toContain('retired');
  });
});

describe('a live test call', () => {
  it.each(locals)('$provider: local and proxy providers are called', async (protocol) => {
    const { upstream, core } = shared;
    upstream.answer(whole(protocol.reply('hello Mira')));
    const answer = await core.ask('chat.test', {
      registry_id: protocol.provider,
      model: 'default',
      messages: hello,
    });
    expect(answer).toMatchObject({ dry_run: false, reply: 'hello Mira', rating_gate: null });
    expect(answer.data).toMatchObject({
      raw: protocol.reply('hello Mira'),
      usage: { prompt_tokens: 11, completion_tokens: 5 },
    });
    expect(answer.plan).toBeUndefined();
    expect(upstream.exchanges).toHaveLength(1);
  });

  it('is not retried', async () => {
    const { upstream, core } = shared;
    upstream.answer(whole(protocols.ollama.error('down'), 503));
    const error = await core.refusal('chat.test', {
      registry_id: 'ollama_default',
      prompt: 'hi',
    });
    expect(error.code).toBe('provider_overloaded');
    expect(upstream.exchanges).toHaveLength(1);
  });

  it.each([
    ['live: true', { live: true }, {}],
    ["the provider's own switch", {}, { test_call: 'live' }],
  ])('calls an enabled cloud provider with %s', async (_, overrides, settings) => {
    const { upstream, core } = shared;
    upstream.answer(whole(protocols.openAi.reply('paid for')));
    await core.ask('runtime.register', {
      id: 'lab',
      provider: 'openai_public',
      metadata: { models: ['gpt-4o-mini'], settings },
    });
    const answer = await core.ask('chat.test', { registry_id: 'lab', prompt: 'hi', ...overrides });
    expect(answer).toMatchObject({ dry_run: false, reply: 'paid for' });
    expect(upstream.exchanges[0]!.json()).toMatchObject({
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content: 'hi' }],
    });
  });

  it('passes on params and sampling fields', async () => {
    const { upstream, core } = shared;
    upstream.answer(whole(protocols.ollama.reply('x')));
    await core.ask('chat.test', {
      registry_id: 'ollama_default',
      prompt: 'hi',
      params: { seed: 3 },
      temperature: 0.5,
    });
    expect(upstream.exchanges[0]!.json()['options']).toMatchObject({ seed: 3, temperature: 0.5 });
  });
});

describe('the stub', () => {
  it.each([
    ['stub', { registry_id: 'stub' }, 0],
    ['a provider that does not exist', { registry_id: 'nobody_here' }, 1],
    ['no provider named', {}, 1],
  ])('%s: echoes the last user message', async (_, named, warned) => {
    const { upstream, core } = shared;
    upstream.answer();
    const messages = [
      ...hello,
      { role: 'assistant', content: 'Hello!' },
      { role: 'user', content: 'And good night.' },
    ];
    const answer = await core.ask('chat.test', { ...named, messages });
    expect(answer).toMatchObject({
      reply: 'And good night.',
      dry_run: false,
      rating_gate: null,
      data: { reply: 'And good night.' },
    });
    expect(answer.warnings).toHaveLength(warned);
    if (warned) expect(answer.warnings[0]).toContain('the stub answered');
  });

  it('answers an empty call too', async () => {
    expect(await shared.core.ask('chat.test', { registry_id: 'stub' })).toMatchObject({
      reply: '',
    });
  });
});
