import { describe, expect, it } from 'vitest';
import { chatOptions } from '../core/__fixtures__/chat-core.ts';
import { whole } from '../core/__fixtures__/provider-replies.ts';
import { startProvider } from '../core/__fixtures__/provider-upstream.ts';
import { vendors, protocols } from '../core/__fixtures__/protocols.ts';
import { testServer, type Reply, type TestServer } from './__fixtures__/test-server.ts';

// Requests and parsing as in ComfyVN: comfyvn/models/adapters/*.py (requests),
// comfyvn/gui/services/server_bridge.py (httpx). No token, no Origin; an empty payload is not sent at all.
const requests = {
  'user-agent': 'python-requests/2.32.3',
  'accept-encoding': 'gzip, deflate',
  accept: '*/*',
  connection: 'keep-alive',
};
const httpx = {
  'user-agent': 'python-httpx/0.28.1',
  'accept-encoding': 'gzip, deflate',
  accept: '*/*',
  connection: 'keep-alive',
};

const { openAi, anthropic, ollama } = protocols;
const scene = [
  { role: 'system', content: 'Summarise the scene and highlight issues.' },
  { role: 'user', content: 'Harbour (chunk 1)\n\nMika: The ledger is gone.' },
];

const serverTo = (url: string) => testServer(chatOptions(url));
const post = ({ send }: TestServer, path: string, body: unknown, headers: object = requests) =>
  send({ method: 'POST', path, body, headers: { 'content-type': 'application/json', ...headers } });

/** The first of these fields that is truthy in Python. */
const firstTruthy = (body: Record<string, unknown>, ...names: string[]) =>
  names.map((name) => body[name]).find(Boolean);

/** `proxy`: posts to {base}/chat and rejects an empty reply. */
const viaProxy = async (transport: TestServer, model: string, params: object = {}) => {
  const more = Object.keys(params).length ? { params } : {};
  const reply = await post(transport, '/api/llm/chat', { model, messages: scene, ...more });
  return { reply, text: String(firstTruthy(reply.json(), 'reply', 'content', 'text') ?? '').trim() };
};

/** `openai_compat`: the error message that it raises for a status of 400 and above. */
const compatError = (reply: Reply) =>
  `openai_compat adapter returned ${reply.status}: ${JSON.stringify(reply.json()['error'])}`;

describe("the scene review of ComfyVN's import manager", () => {
  it('sends model: "default" for a provider without models, and reads `reply` and, from the status, `ok`', async () => {
    const transport = await testServer();
    for (const registry_id of ['stub', 'a-provider-we-never-heard-of']) {
      const reply = await post(
        transport,
        '/api/llm/test-call',
        { registry_id, model: 'default', messages: scene },
        httpx,
      );
      expect([reply.status, reply.json()['reply']]).toEqual([200, scene[1]!.content]);
    }
  });

  it('gets the first model of a local server as "default"', async () => {
    const upstream = await startProvider(whole(ollama.reply('Two issues.')));
    const transport = await serverTo(upstream.url);
    const reply = await post(
      transport,
      '/api/llm/test-call',
      { registry_id: 'ollama_default', model: 'default', messages: scene },
      httpx,
    );
    expect(reply.json()).toMatchObject({
      ok: true,
      reply: 'Two issues.',
      data: { reply: 'Two issues.' },
      rating_gate: null,
    });
    expect(upstream.exchanges[0]!.json()['model']).toBe('mistral:latest');
  });

  it('never saves an invented review, as a call that was not sent says so', async () => {
    const upstream = await startProvider(whole(openAi.reply('paid for')));
    const transport = await serverTo(upstream.url);
    const reply = await post(
      transport,
      '/api/llm/test-call',
      { registry_id: 'openai_public', model: 'default', messages: scene },
      httpx,
    );
    expect(reply.json()).toMatchObject({
      ok: true,
      dry_run: true,
      reply: expect.stringMatching(/^\[dry run, nothing sent\] /),
    });
    expect(upstream.exchanges).toHaveLength(0);
  });

  it('reads the registry: every provider has a name, every model an id', async () => {
    const { send } = await testServer();
    const { ok, providers } = (await send({ path: '/api/llm/registry', headers: httpx })).json();
    expect(ok).toBe(true);
    for (const provider of providers as { name: string; models: { id: string }[] }[]) {
      expect(provider.name).toMatch(/\w/);
      expect(provider.models.every(({ id }) => /\w/.test(id))).toBe(true);
    }
  });
});

describe("ComfyVN's bridge", () => {
  it('posts an empty body with a length of 0 and no content type', async () => {
    const { send } = await testServer();
    const reply = await send({
      method: 'POST',
      path: '/api/llm/refresh',
      headers: { ...httpx, 'content-length': 0 },
    });
    expect([reply.status, reply.json()['ok']]).toEqual([200, true]);
  });

  it('sends a DELETE without a body, also for a missing item', async () => {
    const { send } = await testServer();
    const reply = await send({ method: 'DELETE', path: '/api/llm/runtime/lmstudio-dev', headers: httpx });
    expect([reply.status, reply.json()['ok']]).toEqual([200, true]);
  });

  it('finds an error in `ok` and `detail`', async () => {
    const { send } = await testServer();
    const body = (
      await send({
        method: 'POST',
        path: '/api/llm/runtime/register',
        headers: { ...httpx, 'content-length': 0 },
      })
    ).json();
    expect(body).toMatchObject({
      ok: false,
      detail: body['error'],
      error: expect.stringContaining('provider'),
    });
  });
});

describe("ComfyVN's proxy adapter", () => {
  it.each(vendors)('gets a reply from $provider by { model, messages, params }', async (protocol) => {
    const upstream = await startProvider(whole(protocol.reply('Two issues.')));
    const transport = await serverTo(upstream.url);
    const { reply, text } = await viaProxy(transport, `${protocol.provider}/${protocol.model}`, {
      temperature: 0.4,
      max_tokens: 300,
    });
    expect([reply.status, text]).toEqual([200, 'Two issues.']);
    expect(JSON.stringify(upstream.exchanges[0]!.json())).toMatch(/0\.4.*300|300.*0\.4/);
  });

  it('may name a module or the stub as its model', async () => {
    const transport = await testServer();
    expect((await viaProxy(transport, 'stub')).text).toBe(scene[1]!.content);
    expect((await viaProxy(transport, 'default')).text).toBe(scene[1]!.content);
    expect((await viaProxy(transport, 'module:vn_chat')).reply.status).toBe(403);
  });

  it('finds in `error` why there is no reply, in the provider’s words', async () => {
    const upstream = await startProvider(whole(anthropic.error('Your credit balance is too low'), 400));
    const { reply } = await viaProxy(
      await serverTo(upstream.url),
      `${anthropic.provider}/${anthropic.model}`,
    );
    expect(reply.json()['error']).toContain('Your credit balance is too low');
  });
});

describe("ComfyVN's openai_compat adapter", () => {
  const complete = (transport: TestServer, model: string, more: object = {}) =>
    post(transport, '/v1/chat/completions', { model, messages: scene, stream: false, ...more });

  it.each(vendors)('reads choices[0].message.content of $provider', async (protocol) => {
    const upstream = await startProvider(whole(protocol.reply('Two issues.')));
    const reply = await complete(await serverTo(upstream.url), `${protocol.provider}/${protocol.model}`, {
      temperature: 0.4,
    });
    const { choices, usage } = reply.json() as {
      choices: { message: { content: string } }[];
      usage: { total_tokens: number };
    };
    expect([reply.status, choices[0]!.message.content, usage.total_tokens]).toEqual([200, 'Two issues.', 16]);
  });

  it('shows the reason from `error`', async () => {
    const upstream = await startProvider(whole(openAi.error('This model is on holiday'), 500));
    const transport = await serverTo(upstream.url);
    expect(compatError(await complete(transport, `openai_public/${openAi.model}`))).toMatch(
      /^openai_compat adapter returned 502: .*This model is on holiday/,
    );
    expect(compatError(await complete(transport, 'no-such-model'))).toMatch(/returned 404: .*no-such-model/);
  });

  it('may send a key: without COMFYVN_LLM_TOKEN no key is needed, and any is accepted', async () => {
    const transport = await testServer();
    const reply = await post(
      transport,
      '/v1/chat/completions',
      { model: 'stub', messages: scene, stream: false },
      { ...requests, authorization: 'Bearer whatever' },
    );
    expect(reply.status).toBe(200);
  });
});
