import { describe, expect, it } from 'vitest';
import type { Diagnostics } from '../../../contract/provider.ts';
import { chatCore, plantedKey } from '../__fixtures__/chat-core.ts';
import { silence, whole } from '../__fixtures__/provider-replies.ts';
import { startProvider, type Exchange, type Reply } from '../__fixtures__/provider-upstream.ts';
import { testContext, type TestCore } from '../__fixtures__/test-core.ts';
import { vendors, protocols } from '../__fixtures__/protocols.ts';

const probe = async ({ ask }: TestCore): Promise<Record<string, Diagnostics>> => {
  const { providers } = await ask('registry.get', { diagnostics: true });
  return Object.fromEntries(providers.map((p) => [p.name, p.diagnostics!]));
};

/** The model list of each vendor, at that vendor's path. */
const lists: Reply = (exchange) => {
  const { path } = exchange;
  const openAi = {
    data: [{ id: 'gpt-4o-mini' }, { id: 'qwen/qwen-2.5-72b-instruct' }, { id: 'claude-sonnet-4-6' }],
  };
  const google = {
    models: [{ name: 'models/gemini-3.8-flash', supportedGenerationMethods: ['generateContent'] }],
  };
  const local = { models: [{ name: 'mistral:latest' }, { name: 'llama3:8b' }] };
  return whole(path.startsWith('/v1beta') ? google : path === '/api/tags' ? local : openAi)(exchange);
};

describe('a healthy provider', () => {
  it('is queried for its free model list, with its key, and never for a chat', async () => {
    const upstream = await startProvider(lists);
    const found = await probe(chatCore(upstream.url));
    expect(Object.fromEntries(Object.entries(found).map(([name, { status }]) => [name, status]))).toEqual({
      anthropic_public: 'ok',
      azure_openai: 'ok',
      google_gemini: 'ok',
      lmstudio_local: 'ok',
      ollama_default: 'ok',
      openai_public: 'ok',
      openrouter: 'ok',
      stub: 'ok',
      studio_proxy: 'ok',
    });
    expect(upstream.exchanges.map((e) => `${e.method} ${e.path}`).toSorted()).toEqual([
      'GET /api/tags',
      'GET /api/v1/models',
      'GET /llm/health',
      'GET /openai/models?api-version=2024-10-21',
      'GET /v1/models',
      'GET /v1/models',
      'GET /v1/models?limit=1000',
      'GET /v1beta/models?pageSize=1000',
    ]);
    for (const { provider, key } of vendors) {
      const sent = upstream.exchanges.filter(
        (e) => e.headers[key.header] === key.prefix + plantedKey(provider),
      );
      expect(sent).toHaveLength(1);
      expect(sent[0]!.path).not.toContain('planted');
    }
    expect(JSON.stringify(found)).not.toContain('planted');
  });

  it('models that are no longer listed are named', async () => {
    const upstream = await startProvider(lists);
    const { ollama_default, openai_public } = await probe(chatCore(upstream.url));
    expect(ollama_default).toMatchObject({
      models_found: 2,
      missing_models: expect.arrayContaining(['nemotron-mini:latest']) as string[],
    });
    expect(ollama_default!.message).toContain('nemotron-mini:latest');
    expect(openai_public!.missing_models).not.toContain('gpt-4o-mini');
    expect(openai_public!.latency_ms).toBeGreaterThanOrEqual(0);
    expect(openai_public!.checked_at).toBe('2026-11-22T00:00:00.000Z');
  });
});

describe('not contacted:', () => {
  it('a cloud that is switched off, whatever else is misconfigured', async () => {
    const upstream = await startProvider(lists);
    const found = await probe(chatCore(upstream.url, { files: { 'config/comfyvn.json': {} } }));
    for (const name of ['openai_public', 'anthropic_public', 'google_gemini', 'azure_openai', 'openrouter']) {
      expect(found[name]).toMatchObject({ status: 'disabled', latency_ms: null });
      expect(found[name]!.message).toContain('enable_');
    }
    const asked = upstream.exchanges.map((e) => e.path);
    expect(asked.toSorted()).toEqual(['/api/tags', '/llm/health', '/v1/models']);
  });

  it('a cloud without its key', async () => {
    const upstream = await startProvider(lists);
    const env = { COMFYVN_LLM_OPENAI_PUBLIC_API_KEY: undefined, COMFYVN_LLM_GOOGLE_GEMINI_API_KEY: ' ' };
    const found = await probe(chatCore(upstream.url, { env }));
    expect(found['openai_public']).toMatchObject({ status: 'missing_key', latency_ms: null });
    expect(found['google_gemini']).toMatchObject({ status: 'missing_key' });
    expect(upstream.exchanges.some((e) => e.path.startsWith('/v1beta'))).toBe(false);
  });
});

describe('failures', () => {
  const only = (name: string, reply: Reply) => async () => {
    const upstream = await startProvider(reply);
    return (await probe(chatCore(upstream.url)))[name];
  };
  const badKey = {
    error: {
      code: 400,
      message: 'API key not valid',
      status: 'INVALID_ARGUMENT',
      details: [{ reason: 'API_KEY_INVALID' }],
    },
  };

  it.each<[string, string, Reply, Diagnostics['status'], string]>([
    [
      'a wrong key',
      'openai_public',
      whole(protocols.openAi.error('Incorrect key'), 401),
      'unauthorized',
      'HTTP 401: Incorrect key',
    ],
    [
      'a key without permission',
      'anthropic_public',
      whole(protocols.anthropic.error('Not yours'), 403),
      'unauthorized',
      'Not yours',
    ],
    ['a wrong key at Google', 'google_gemini', whole(badKey, 400), 'unauthorized', 'API key not valid'],
    [
      'a provider that is down',
      'openrouter',
      whole({ error: { message: 'back soon' } }, 503),
      'error',
      'HTTP 503: back soon',
    ],
    [
      'a server that is not a provider',
      'lmstudio_local',
      whole('<html>my router</html>'),
      'error',
      'not JSON',
    ],
    [
      'a redirect',
      'ollama_default',
      whole('', 302, { location: 'http://127.0.0.1:9/' }),
      'error',
      'HTTP 302',
    ],
    [
      'a broken connection',
      'ollama_default',
      ({ socket }) => void socket.resetAndDestroy(),
      'error',
      'broke',
    ],
  ])('%s', async (_, name, reply, status, text) => {
    const found = await only(name, reply)();
    expect(found?.status).toBe(status);
    expect(found?.message).toContain(text);
  });

  it('a refused connection is unreachable, with advice what to check', async () => {
    const upstream = await startProvider();
    await upstream.close();
    const found = await probe(chatCore(upstream.url));
    expect(found['ollama_default']).toMatchObject({
      status: 'unreachable',
      message: expect.stringMatching(/^connection refused by .*; nothing is listening there/),
      hint: 'nothing is listening there: is the server started, and is this its port?',
    });
  });

  it('a key that a provider repeats is redacted', async () => {
    const echo: Reply = (exchange: Exchange) =>
      whole({ error: { message: `bad: ${exchange.headers.authorization}` } }, 401)(exchange);
    const found = await only('openai_public', echo)();
    expect(found?.message).toContain('••••');
    expect(found?.message).not.toContain(plantedKey('openai_public'));
  });
});

describe('the time-out of three seconds', () => {
  it('ends the check of a silent provider, and delays no other', async () => {
    const hole = await startProvider(silence);
    const upstream = await startProvider(lists);
    const env = Object.fromEntries(
      ['OPENAI_PUBLIC', 'LMSTUDIO_LOCAL', 'OLLAMA_DEFAULT', 'STUDIO_PROXY'].map((name) => [
        `COMFYVN_LLM_${name}_BASE_URL`,
        `${hole.url}/v1`,
      ]),
    );
    const core = chatCore(upstream.url, { env });
    const started = performance.now();
    const found = await probe(core);
    const took = performance.now() - started;
    for (const name of ['openai_public', 'lmstudio_local', 'ollama_default', 'studio_proxy'])
      expect(found[name]).toMatchObject({
        status: 'unreachable',
        message: expect.stringContaining('within 3 s'),
      });
    for (const name of ['anthropic_public', 'google_gemini', 'openrouter']) {
      expect(found[name]!.status).toBe('ok');
      expect(found[name]!.latency_ms).toBeLessThan(2500);
    }
    expect(took).toBeGreaterThan(2900);
    expect(took).toBeLessThan(5000);
    // A connection that was made too late may stay in the pool; no request is left on one.
    await hole.idle();
  });

  it('is cut short when the caller disconnects', async () => {
    const hole = await startProvider(silence);
    const leaving = new AbortController();
    const { core } = chatCore(hole.url);
    const started = performance.now();
    const asked = core.dispatcher.dispatch(
      'registry.get',
      { diagnostics: true },
      testContext({ signal: leaving.signal }),
    );
    await hole.next();
    leaving.abort();
    await asked;
    await hole.idle();
    expect(performance.now() - started).toBeLessThan(2500);
  });
});

it('without ?diagnostics no provider is contacted', async () => {
  const upstream = await startProvider(lists);
  const { providers } = await chatCore(upstream.url).ask('registry.get');
  expect(providers.every((p) => p.diagnostics === undefined)).toBe(true);
  expect(upstream.open()).toBe(0);
});
