import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { testCore, type TestCoreOptions } from '../__fixtures__/test-core.ts';
import { openAiReply, startUpstream, type Upstream } from '../__fixtures__/upstream.ts';
import { sessionSecrets } from './session-secrets.ts';

const messages = [{ role: 'user', content: 'hi' }];
const key = (name: string) => `key-of-${name}-0123456789`;
const on = { 'config/comfyvn.json': { features: { enable_public_llm: true } } };

/** A core whose OpenAI is an enabled loopback upstream. */
function openAiAt(upstream: Upstream, { env, ...more }: TestCoreOptions = {}) {
  return testCore({
    ...more,
    env: { COMFYVN_LLM_OPENAI_PUBLIC_BASE_URL: `${upstream.url}/v1`, ...env },
    files: { ...on, ...more.files },
  });
}
const sentKey = ({ requests }: Upstream) => requests.at(-1)?.headers.authorization;

describe('precedence of key sources', () => {
  const sources = ['COMFYVN_LLM_OPENAI_PUBLIC_API_KEY', 'COMFYVN_LLM_OPENAI_KEY', 'OPENAI_API_KEY', 'store'];
  for (const [i, source] of sources.entries()) {
    test(`${source} is used where ${i === 0 ? 'all are set' : `${sources.slice(0, i).join(', ')} are not`}, and shown as the source`, async () => {
      const upstream = await startUpstream(openAiReply('ok'));
      const secrets = sessionSecrets();
      await secrets.set('openai_public', { key: key('store'), origin: upstream.url });
      const env = Object.fromEntries(sources.slice(i, 3).map((name) => [name, key(name)]));
      const { ask } = openAiAt(upstream, { env, secrets });
      const { credentials } =
        (await ask('registry.get')).providers.find((p) => p.name === 'openai_public') ?? {};
      expect(credentials).toEqual({
        required: true,
        present: true,
        source,
        last4: '6789',
        state: 'ready',
        origin: upstream.url,
        env: sources.slice(0, 3),
      });
      await ask('chat.send', {
        provider: 'openai_public',
        model: 'gpt-4o',
        messages,
        params: { max_tokens: 5 },
      });
      expect(sentKey(upstream)).toBe(`Bearer ${key(source)}`);
    });
  }

  test('an empty variable is ignored', async () => {
    const upstream = await startUpstream();
    const { ask } = openAiAt(upstream, {
      env: { COMFYVN_LLM_OPENAI_PUBLIC_API_KEY: ' ', OPENAI_API_KEY: key('vendor') },
    });
    expect(
      (await ask('registry.get')).providers.find((p) => p.name === 'openai_public')?.credentials.source,
    ).toBe('OPENAI_API_KEY');
  });

  test('without a key the call is refused with the variable to set, and nothing is sent', async () => {
    const upstream = await startUpstream();
    const { refusal } = openAiAt(upstream);
    const error = await refusal('chat.send', { provider: 'openai_public', model: 'gpt-4o', messages });
    expect(error).toMatchObject({
      code: 'missing_key',
      details: { variable: 'COMFYVN_LLM_OPENAI_PUBLIC_API_KEY' },
    });
    expect(upstream.connections).toBe(0);
  });

  test('another vendor’s key is never used', async () => {
    const upstream = await startUpstream();
    const env = {
      ANTHROPIC_API_KEY: key('anthropic'),
      GOOGLE_API_KEY: key('google'),
      OPENROUTER_API_KEY: key('openrouter'),
      AZURE_OPENAI_API_KEY: key('azure'),
    };
    const { refusal } = openAiAt(upstream, { env });
    expect((await refusal('chat.send', { provider: 'openai_public', model: 'gpt-4o', messages })).code).toBe(
      'missing_key',
    );
  });
});

describe('a key goes only to the origin it was saved for', () => {
  test('a key from the store is not sent once the provider has another address', async () => {
    const upstream = await startUpstream(openAiReply('ok'));
    const secrets = sessionSecrets();
    await secrets.set('openai_public', { key: key('store'), origin: 'https://api.openai.com' });
    const { refusal, ask } = openAiAt(upstream, { secrets });
    expect((await refusal('chat.send', { provider: 'openai_public', model: 'gpt-4o', messages })).code).toBe(
      'missing_key',
    );
    expect(
      (await ask('registry.get')).providers.find((p) => p.name === 'openai_public')?.credentials.present,
    ).toBe(false);
    expect(upstream.connections).toBe(0);
  });

  test('scheme, host and port count; the path does not', async () => {
    const upstream = await startUpstream(openAiReply('ok'));
    const secrets = sessionSecrets();
    const { refusal, ask } = openAiAt(upstream, { secrets });
    const call = { provider: 'openai_public', model: 'gpt-4o', messages, params: { max_tokens: 5 } };
    for (const origin of [
      upstream.url.replace('http:', 'https:'),
      upstream.url.replace('127.0.0.1', 'localhost'),
      'http://127.0.0.1',
      `${upstream.url}/v1`,
    ]) {
      await secrets.set('openai_public', { key: key('store'), origin });
      expect((await refusal('chat.send', call)).code, origin).toBe('missing_key');
    }
    await secrets.set('openai_public', { key: key('store'), origin: upstream.url });
    await ask('chat.send', call);
    expect(sentKey(upstream)).toBe(`Bearer ${key('store')}`);
  });

  test('an entry named like another provider’s alias does not get that provider’s key', async () => {
    const upstream = await startUpstream(openAiReply('ok'));
    const thief = {
      name: 'thief',
      adapter: 'openai_compat',
      base: upstream.url,
      metadata: { aliases: ['openai_public', 'openrouter'] },
      models: [{ id: 'm' }],
    };
    const env = {
      COMFYVN_LLM_OPENAI_PUBLIC_API_KEY: key('own'),
      COMFYVN_LLM_OPENROUTER_API_KEY: key('router'),
    };
    const { ask } = testCore({ env, files: { 'config/llm/providers/thief.json': thief } });
    await ask('chat.send', { provider: 'thief', messages });
    expect(sentKey(upstream)).toBeUndefined();
  });

  test('a redirect does not take it elsewhere', async () => {
    const elsewhere = await startUpstream(openAiReply('stolen'));
    const upstream = await startUpstream({
      status: 307,
      headers: { location: `${elsewhere.url}/v1/chat/completions` },
      body: '',
    });
    const { refusal } = openAiAt(upstream, { env: { OPENAI_API_KEY: key('vendor') } });
    const error = await refusal('chat.send', {
      provider: 'openai_public',
      model: 'gpt-4o',
      messages,
      params: { max_tokens: 5 },
    });
    expect(error.details).toMatchObject({ upstream_status: 307 });
    expect(elsewhere.connections).toBe(0);
  });
});

describe('a key is never shown', () => {
  test('in the registry, an answer, the provider’s echo of it, or the log', async () => {
    const secret = key('vendor');
    const echo = (request: { headers: object }) => ({
      status: 401,
      body: { error: { message: `Incorrect API key: ${JSON.stringify(request.headers)}` } },
    });
    const upstream = await startUpstream(echo);
    const made = openAiAt(upstream, { env: { OPENAI_API_KEY: secret, COMFYVN_LOG_LEVEL: 'DEBUG' } });
    const call = { provider: 'openai_public', model: 'gpt-4o', messages, params: { max_tokens: 5 } };
    const error = await made.refusal('chat.send', call);
    expect(sentKey(upstream)).toContain(secret);
    const plan = await made.ask('chat.send', { ...call, dry_run: true });
    const shown = JSON.stringify([error, plan, await made.ask('registry.get')]);
    expect(shown).toContain('••••6789');
    expect(shown).toContain('$OPENAI_API_KEY');
    expect(shown).not.toContain(secret);
    await made.core.close();
    const log = readFileSync(join(made.root, 'logs', 'server.log'), 'utf8');
    expect(log).toContain('provider request');
    expect(log).not.toContain(secret);
  });

  test('where a file has it among headers, settings or metadata', async () => {
    const secret = key('pasted');
    const upstream = await startUpstream((request) => ({
      status: 401,
      body: { error: { message: `no: ${request.headers.authorization}` } },
    }));
    const entry = {
      name: 'box',
      adapter: 'openai_compat',
      base: upstream.url,
      models: [{ id: 'm' }],
      headers: { Authorization: `Bearer ${secret}` },
      settings: { nested: { api_key: secret } },
      metadata: { password: secret, tokenizer: 'cl100k-base' },
    };
    const { ask, refusal } = testCore({ files: { 'config/llm/providers/box.json': entry } });
    const view = await ask('registry.get');
    const error = await refusal('chat.send', { provider: 'box', messages });
    expect(sentKey(upstream)).toBe(`Bearer ${secret}`);
    expect(JSON.stringify([view, error])).not.toContain(secret);
    expect(view.providers.at(-1)?.metadata['tokenizer']).toBe('cl100k-base');
  });

  test('a placeholder key of a local server is not redacted, as that would remove names from every answer', async () => {
    const upstream = await startUpstream(openAiReply('ollama and lm-studio'));
    const made = testCore();
    for (const api_key of ['ollama', 'lm-studio', 'not-needed'])
      await made.ask('runtime.register', {
        id: `mine-${api_key}`,
        provider: 'openai_compat',
        metadata: { base_url: upstream.url, api_key, models: ['m'] },
      });
    const view = await made.ask('registry.get');
    expect(view.providers.find((p) => p.name === 'ollama_default')?.adapter).toBe('ollama');
    expect(await made.ask('chat.send', { provider: 'mine-ollama', messages })).toMatchObject({
      reply: 'ollama and lm-studio',
    });
    expect(sentKey(upstream)).toBe('Bearer ollama');
  });
});
