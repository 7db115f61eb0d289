import { describe, expect, it } from 'vitest';
import { plantedKey } from '../../core/__fixtures__/chat-core.ts';
import { whole } from '../../core/__fixtures__/provider-replies.ts';
import { startProvider, type ProviderUpstream } from '../../core/__fixtures__/provider-upstream.ts';
import { protocols } from '../../core/__fixtures__/protocols.ts';
import { openAiServer, registryFile } from './__fixtures__/openai-server.ts';

const { openAi, anthropic, proxy } = protocols;
const messages = [{ role: 'user', content: 'Say hello to Mira.' }];
const toOpenAi = `openai_public/${openAi.model}`;
const schema = { type: 'object', properties: { greeting: { type: 'string' } }, required: ['greeting'] };
const response_format = { type: 'json_schema', json_schema: { name: 'mine', strict: false, schema } };

const sent = (upstream: ProviderUpstream, n = 0) => upstream.exchanges[n]!.json();

describe('an OpenAI request body', () => {
  const extra = {
    store: true,
    metadata: { scene: '12' },
    service_tier: 'flex',
    user: 'reader-1',
    parallel_tool_calls: false,
    logit_bias: { '50256': -100 },
    provider: { order: ['a', 'b'] },
    schema: 'theirs, not ours',
    dry_run: true,
    retries: 'many',
    made_up: { deep: [1, { ü: null }] },
  };

  it('unknown fields are sent to a provider of the same protocol, also those named like ours', async () => {
    const upstream = await startProvider(whole(openAi.reply('hi')));
    const { complete } = await openAiServer(upstream.url);
    const reply = await complete({
      model: toOpenAi,
      messages,
      n: 2,
      ...extra,
      comfyvn: { max_cost_usd: 0.1 },
    });
    expect(reply.status).toBe(200);
    expect(sent(upstream)).toEqual({ model: openAi.model, messages, n: 2, ...extra });
  });

  it('unknown fields are added to ComfyVN’s params', async () => {
    const upstream = await startProvider(whole(proxy.reply('hi')));
    const { complete } = await openAiServer(upstream.url);
    await complete({ model: 'studio_proxy/house-model', messages, temperature: 0.2, ...extra });
    expect(sent(upstream)).toEqual({
      model: 'house-model',
      messages,
      params: { temperature: 0.2, ...extra },
    });
  });

  it('a value that only the provider can check is left to the provider', async () => {
    const upstream = await startProvider(whole(openAi.error('temperature must be a number'), 400));
    const { complete } = await openAiServer(upstream.url);
    const reply = await complete({ model: toOpenAi, messages, temperature: 'hot', tool_choice: 7, stop: 3 });
    expect(sent(upstream)).toMatchObject({ temperature: 'hot', tool_choice: 7, stop: 3 });
    expect(reply.text).toContain('temperature must be a number');
  });

  it('null is the same as a missing field, also for `stream` and a format', async () => {
    const upstream = await startProvider(whole(openAi.reply('hi')));
    const { complete } = await openAiServer(upstream.url);
    const reply = await complete({
      model: toOpenAi,
      messages,
      stream: null,
      stream_options: null,
      response_format: null,
      stop: null,
    });
    expect(reply.status).toBe(200);
    expect(sent(upstream)).toEqual({ model: openAi.model, messages });
  });
});

describe('the model', () => {
  it.each([
    [toOpenAi, 'openai_public'],
    ['module:translate', 'openai_public'],
    ['module:Pov-Rewrite', 'anthropic_public'],
    ['studio-writer', 'studio-writer'],
    ['studio-writer/any-model', 'studio-writer'],
    ['claude-haiku-4-5-20251001', 'anthropic_public'],
  ])('%s is %s', async (model, provider) => {
    const modules = {
      translate: { provider: 'openai_public', model: openAi.model },
      pov_rewrite: { provider: 'anthropic_public', model: anthropic.model },
    };
    const upstream = await startProvider(({ path, ...exchange }) =>
      whole(path.endsWith('/messages') ? anthropic.reply(answer) : openAi.reply(answer))({
        path,
        ...exchange,
      }),
    );
    const transport = await openAiServer(upstream.url, {
      env: { COMFYVN_LLM_REGISTRY: registryFile({ modules }) },
    });
    const body = { id: 'studio-writer', provider: 'lmstudio_local', metadata: { models: ['w-1'] } };
    await transport.send({ method: 'POST', path: '/api/llm/runtime/register', body });
    const reply = await transport.complete({ model, messages, response_format: { type: 'text' } });
    expect([reply.status, reply.headers['x-comfyvn-provider']]).toEqual([200, provider]);
  });
  const answer = 'Hello.';

  it('unnamed is the default: a fresh installation answers, and cannot spend', async () => {
    const { complete } = await openAiServer('http://127.0.0.1:9');
    for (const model of [undefined, '', 'default', null]) {
      const reply = await complete({ model, messages });
      expect(reply.headers['x-comfyvn-provider']).toBe('stub');
    }
  });

  it('is never given the client’s own key', async () => {
    const upstream = await startProvider(whole(openAi.reply('hi')));
    const { complete } = await openAiServer(upstream.url);
    const headers = {
      authorization: 'Bearer sk-of-the-client',
      'openai-organization': 'org-client',
      'x-api-key': 'sk-of-the-client',
    };
    await complete(
      { model: toOpenAi, messages },
      { headers: { 'content-type': 'application/json', ...headers } },
    );
    expect(upstream.exchanges[0]!.headers['authorization']).toBe(`Bearer ${plantedKey('openai_public')}`);
    expect(JSON.stringify(upstream.exchanges[0]!.headers)).not.toMatch(/of-the-client|org-client/);
  });
});

describe('a schema', () => {
  const modules = { translate: { provider: 'openai_public', model: openAi.model } };
  const env = () => ({ COMFYVN_LLM_REGISTRY: registryFile({ modules }) });

  it('of the module applies by default, and a reply that misses it is retried on request', async () => {
    const upstream = await startProvider(whole(openAi.reply('no JSON at all')));
    const { complete } = await openAiServer(upstream.url, { env: env() });
    const reply = await complete({ model: 'module:translate', messages, comfyvn: { retries: 1 } });
    expect(JSON.stringify(sent(upstream)['response_format'])).toContain('detected_language');
    expect(upstream.exchanges).toHaveLength(2);
    expect([reply.status, reply.json()]).toMatchObject([422, { error: { code: 'output_schema_mismatch' } }]);
  });

  it('of the caller’s own replaces the module’s, unchanged', async () => {
    const upstream = await startProvider(whole(openAi.reply('no JSON at all')));
    const { complete } = await openAiServer(upstream.url, { env: env() });
    const reply = await complete({ model: 'module:translate', messages, response_format });
    expect(reply.status).toBe(200);
    expect(sent(upstream)['response_format']).toEqual(response_format);
  });

  it('that is invalid is the caller’s error at the stub too', async () => {
    const { complete } = await openAiServer('http://127.0.0.1:9');
    const bad = {
      type: 'json_schema',
      json_schema: { name: 'x', schema: { $ref: 'https://example.com/schema' } },
    };
    const reply = await complete({ model: 'stub', messages, response_format: bad });
    expect([reply.status, reply.json()]).toMatchObject([
      400,
      { error: { type: 'invalid_request_error', code: 'invalid_request' } },
    ]);
  });

  it('`json_object` gets an object from the stub', async () => {
    const { complete } = await openAiServer('http://127.0.0.1:9');
    const reply = await complete({ model: 'stub', messages, response_format: { type: 'json_object' } });
    expect(reply.json()['choices']).toMatchObject([{ message: { content: '{}' } }]);
  });
});

describe('the maximum number of tokens', () => {
  const options = { max_tokens: 900 };
  const modules = {
    narrator: { provider: 'openai_public', model: openAi.model, options },
    persona: { provider: 'anthropic_public', model: anthropic.model, options },
  };

  it('under either name replaces the module’s, as providers refuse both together or use the wrong one', async () => {
    const upstream = await startProvider(({ path, ...exchange }) =>
      whole(path.endsWith('/messages') ? anthropic.reply('hi') : openAi.reply('hi'))({ path, ...exchange }),
    );
    const { complete } = await openAiServer(upstream.url, {
      env: { COMFYVN_LLM_REGISTRY: registryFile({ modules }) },
    });
    const ask = (more: object) => complete({ messages, response_format: { type: 'text' }, ...more });
    await ask({ model: 'module:narrator', max_completion_tokens: 40 });
    await ask({ model: 'module:narrator' });
    await ask({ model: 'module:persona', max_completion_tokens: 40 });
    expect(sent(upstream, 0)).toMatchObject({ max_completion_tokens: 40 });
    expect(sent(upstream, 0)).not.toHaveProperty('max_tokens');
    expect(sent(upstream, 1)).toMatchObject({ max_tokens: 900 });
    expect(sent(upstream, 2)).toMatchObject({ max_tokens: 40 });
  });
});

describe('our own field', () => {
  const failing = whole(openAi.error('busy'), 503);

  it('accepts `retries` and `allow_retired`, and is not sent to the provider', async () => {
    const upstream = await startProvider(failing);
    const { complete } = await openAiServer(upstream.url);
    const reply = await complete({ model: toOpenAi, messages, comfyvn: { retries: 0 } });
    expect(reply.status).toBe(502);
    expect(upstream.exchanges).toHaveLength(1);
    expect(sent(upstream)).toEqual({ model: openAi.model, messages });
  });

  it('allows a retired model', async () => {
    const upstream = await startProvider(whole(openAi.reply('hi')));
    const { complete } = await openAiServer(upstream.url);
    const model = 'anthropic_public/claude-3-5-sonnet-20240620';
    expect((await complete({ model, messages })).status).toBe(409);
    await complete({ model, messages, comfyvn: { allow_retired: true, retries: 0 } });
    expect(sent(upstream)).toMatchObject({ model: 'claude-3-5-sonnet-20240620' });
  });

  it('with a typo in it gives an error that names the field', async () => {
    const { complete } = await openAiServer('http://127.0.0.1:9');
    const reply = await complete({ model: 'stub', messages, comfyvn: { retrys: 1 } });
    expect([reply.status, reply.json()]).toMatchObject([400, { error: { param: 'comfyvn.retrys' } }]);
  });
});
