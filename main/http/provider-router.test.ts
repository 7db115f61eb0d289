import { describe, expect, it } from 'vitest';
import { startUpstream } from '../core/__fixtures__/upstream.ts';
import { testServer } from './__fixtures__/test-server.ts';

const messages = [{ role: 'user', content: 'hello' }];
const path = '/api/providers/llm/chat';

describe("ComfyVN's router for public providers", () => {
  it.each([
    ['openai', 'openai_public'],
    ['anthropic', 'anthropic_public'],
    ['gemini', 'google_gemini'],
    ['google_gemini', 'google_gemini'],
    ['openrouter', 'openrouter'],
    ['azure_openai', 'azure_openai'],
  ])('accepts %s, and returns the plan of a dry run', async (name, provider) => {
    const transport = await testServer();
    const reply = (await transport.send({ method: 'POST', path, body: { provider: name, messages } })).json();
    const dry = await transport.ask('chat.send', { provider, messages, dry_run: true });
    if (!('plan' in dry)) throw new Error('a dry run has a plan');
    const { plan } = dry;
    expect(reply).toMatchObject({
      ok: true,
      dry_run: true,
      feature: { feature: 'enable_public_llm', enabled: false },
      plan: {
        provider,
        endpoint: plan.url,
        dispatch: { method: 'POST', url: plan.url, json: plan.body },
        inputs: { message_count: 1, has_tools: false },
        credentials_present: false,
      },
    });
  });

  it('never sends a call, even with the flag on and a key', async () => {
    const upstream = await startUpstream();
    const transport = await testServer({
      env: {
        COMFYVN_LLM_OPENAI_PUBLIC_BASE_URL: `${upstream.url}/v1`,
        OPENAI_API_KEY: 'sk-planted-0123456789',
      },
      files: { 'config/comfyvn.json': { features: { enable_public_llm: true } } },
    });
    const body = {
      provider: 'openai',
      messages,
      dry_run: false,
      tools: [{ type: 'function', function: { name: 'f' } }],
    };
    const reply = await transport.send({ method: 'POST', path, body });
    expect(reply.json()).toMatchObject({
      ok: true,
      dry_run: true,
      plan: {
        inputs: { has_tools: true },
        credentials_present: true,
        credentials: { source: 'OPENAI_API_KEY' },
      },
    });
    expect(reply.text).not.toContain('sk-planted');
    expect(upstream.connections).toBe(0);
  });

  it.each(['nobody', 'stub', 'ollama_default', 'constructor'])(
    'returns "%s" as a reason, with status 200',
    async (provider) => {
      const transport = await testServer();
      const reply = await transport.send({ method: 'POST', path, body: { provider, messages } });
      expect(reply.status).toBe(200);
      expect(reply.json()).toMatchObject({ ok: false, reason: expect.stringContaining(provider) });
    },
  );

  it('lists the public part of our registry, and `ok` is the flag', async () => {
    const transport = await testServer();
    const off = (await transport.send({ path: '/api/providers/llm/registry' })).json();
    expect(off).toMatchObject({
      ok: false,
      feature: { enabled: false },
      pricing_links: { openrouter: expect.any(String) },
    });
    const ours = (await transport.ask('registry.get')).providers.filter(
      (provider) => provider.kind === 'cloud',
    );
    expect(off['providers']).toEqual(ours);
    expect(off['models']).toHaveLength(ours.flatMap((provider) => provider.models).length);
    await transport.ask('features.set', { flag: 'enable_public_llm', enabled: true });
    expect((await transport.send({ path: '/api/providers/llm/registry' })).json()).toMatchObject({
      ok: true,
    });
    const catalog = (await transport.send({ path: '/api/providers/llm/public/catalog' })).json();
    expect(catalog).toMatchObject({ ok: true, feature: { enabled: true }, providers: expect.any(Array) });
  });
});
