import { describe, expect, it } from 'vitest';
import { testServer, type Call } from './__fixtures__/test-server.ts';

const guest = 'http://studio.test:3000';
const token = 'a-token-of-24-characters';
const asks = {
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'authorization,content-type',
};
const preflight = (origin: string, more: Record<string, string> = {}): Call => ({
  method: 'OPTIONS',
  path: '/api/llm/chat',
  headers: { origin, 'sec-fetch-site': 'cross-site', ...asks, ...more },
});
const corsIn = (headers: object) => Object.keys(headers).filter((name) => name.startsWith('access-control'));

describe('a page of an allowed origin', () => {
  const env = { COMFYVN_LLM_ALLOWED_ORIGINS: `${guest}, https://other.test/` };

  it('learns what it may send, before it has sent its token', async () => {
    const transport = await testServer({ env: { ...env, COMFYVN_LLM_TOKEN: token } });
    const { status, headers, text } = await transport.send(preflight(guest));
    expect([status, text]).toEqual([204, '']);
    expect(headers).toMatchObject({
      'access-control-allow-origin': guest,
      'access-control-allow-methods': 'GET, POST, DELETE',
      'access-control-allow-headers': expect.stringContaining('authorization, content-type'),
      vary: expect.stringContaining('Origin'),
    });
    expect(headers).not.toHaveProperty('access-control-allow-private-network');
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
  });

  it('on the public web may reach this machine (private network access)', async () => {
    const transport = await testServer({ env });
    const { headers } = await transport.send(
      preflight('https://other.test', { 'access-control-request-private-network': 'true' }),
    );
    expect(headers['access-control-allow-private-network']).toBe('true');
  });

  it('can read answers and errors, with its own origin in the header', async () => {
    const transport = await testServer({ env: { ...env, COMFYVN_LLM_TOKEN: token } });
    const without = await transport.send({ path: '/api/llm/runtime', headers: { origin: guest } });
    expect(without.status).toBe(401);
    const reply = await transport.send({
      path: '/api/llm/runtime',
      headers: { origin: guest, authorization: `Bearer ${token}` },
    });
    expect(reply.status).toBe(200);
    for (const { headers } of [without, reply]) {
      expect(headers).toMatchObject({ 'access-control-allow-origin': guest, vary: 'Origin' });
      expect(headers['access-control-expose-headers']).toContain('x-request-id');
    }
  });

  it('still cannot use the panel: /rpc asks for its token', async () => {
    const transport = await testServer({ env, panel: true });
    const reply = await transport.send({
      method: 'POST',
      path: '/rpc/settings.get',
      headers: { origin: guest },
      body: {},
    });
    expect(reply.status).toBe(401);
  });
});

describe('any other page', () => {
  it.each([
    'http://evil.test',
    'null',
    `${guest}.evil.test`,
    'http://studio.test',
    'https://studio.test:3000',
  ])('%s gets a 403 without a CORS header, for its preflight and its call', async (origin) => {
    const transport = await testServer({ env: { COMFYVN_LLM_ALLOWED_ORIGINS: guest } });
    for (const call of [preflight(origin), { path: '/health', headers: { origin } }]) {
      const { status, headers } = await transport.send(call);
      expect([status, corsIn(headers)]).toEqual([403, []]);
      expect(headers.vary).toBe('Origin');
    }
  });

  it('from an allowed origin but with a foreign Host is refused', async () => {
    const transport = await testServer({ env: { COMFYVN_LLM_ALLOWED_ORIGINS: guest } });
    const { status, headers } = await transport.send(
      preflight(guest, { host: `evil.test:${transport.port}` }),
    );
    expect([status, corsIn(headers)]).toEqual([403, []]);
  });
});
