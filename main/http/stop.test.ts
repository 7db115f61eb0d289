import { describe, expect, it } from 'vitest';
import { openAiReply, startUpstream } from '../core/__fixtures__/upstream.ts';
import { maxCalls } from './open-calls.ts';
import { testServer } from './__fixtures__/test-server.ts';

const chat = {
  method: 'POST',
  path: '/api/llm/chat',
  body: { provider: 'lmstudio_local', model: 'm', messages: [{ role: 'user', content: 'hi' }], retries: 0 },
};

async function serverWithUpstream() {
  const upstream = await startUpstream({ fault: 'hang' });
  const transport = await testServer({ env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: `${upstream.url}/v1` } });
  return { upstream, transport };
}

describe('a stop', () => {
  it('lets the call in progress end, and refuses new ones with a 503', async () => {
    const { upstream, transport } = await serverWithUpstream();
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    const { body } = openAiReply('late') as { body: unknown };
    upstream.script({
      headers: { 'content-type': 'application/json' },
      chunks: [released, JSON.stringify(body)],
    });
    const running = transport.send(chat);
    await upstream.request(0);
    const stopped = transport.transport.stop(10_000);
    const refused = await transport.send(chat);
    expect([refused.status, refused.json()['code']]).toEqual([503, 'shutting_down']);
    expect((await transport.send({ path: '/health' })).status).toBe(200);
    release();
    expect(await running.then((reply) => [reply.status, reply.json()['reply']])).toEqual([200, 'late']);
    await stopped;
    await expect(transport.send({ path: '/health' })).rejects.toThrow();
  });

  it('has a time limit: calls still in progress get an error, and their provider connections close', async () => {
    const { upstream, transport } = await serverWithUpstream();
    const outcome = transport.send(chat);
    const request = await upstream.request(0);
    await transport.transport.stop(50);
    const { status, json } = await outcome;
    expect([status, json()['code']]).toEqual([503, 'shutting_down']);
    expect(await request.ended).toBe(false);
  });

  it('does not wait for a panel that listens for events', async () => {
    const transport = await testServer({ panel: true });
    const headers = { authorization: `Bearer ${transport.panelToken}` };
    const response = await fetch(`${transport.url}/rpc/events`, { headers });
    expect(response.status).toBe(200);
    await transport.transport.stop(600_000);
    await expect(response.text()).rejects.toThrow();
  });
});

it('too many concurrent calls are refused with a 503 until one ends', async () => {
  const { upstream, transport } = await serverWithUpstream();
  const leave = new AbortController();
  const call = (n: number) =>
    fetch(`${transport.url}${chat.path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...chat.body, messages: [{ role: 'user', content: `hi ${n}` }] }),
      signal: leave.signal,
    });
  const running = Array.from({ length: maxCalls }, (_, n) => call(n).catch(() => 'left'));
  await upstream.request(maxCalls - 1);
  const refused = await transport.send(chat);
  expect([refused.status, refused.json()['code'], refused.headers['retry-after']]).toEqual([
    503,
    'server_busy',
    '1',
  ]);
  leave.abort();
  await Promise.all(running);
  await Promise.all(upstream.requests.map((request) => request.ended));
  expect((await transport.send({ path: '/api/llm/runtime' })).status).toBe(200);
});
