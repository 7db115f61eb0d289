import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { chatOptions, plantedKey } from '../core/__fixtures__/chat-core.ts';
import { whole } from '../core/__fixtures__/provider-replies.ts';
import { startProvider } from '../core/__fixtures__/provider-upstream.ts';
import { protocols } from '../core/__fixtures__/protocols.ts';
import { reasonPhrase } from './answer.ts';
import { rawExchange, testServer } from './__fixtures__/test-server.ts';

function reasonOf(port: number, method: string, path: string, body?: object): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = body ? { 'content-type': 'application/json' } : {};
    const sent = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      response.resume();
      resolve(response.statusMessage ?? '');
    });
    sent.on('error', reject);
    sent.end(body ? JSON.stringify(body) : undefined);
  });
}

const messages = [{ role: 'user', content: 'hi' }];

describe("an error's reason phrase is its message", () => {
  it.each([
    ['GET', '/api/llm/nothing', undefined, 'there is no /api/llm/nothing'],
    ['PUT', '/health', undefined, 'PUT is not allowed for /health; it allows GET'],
    ['POST', '/api/llm/chat', { provider: 'nobody', messages }, 'no provider is called "nobody"'],
    ['POST', '/v1/chat/completions', { model: 'no-such', messages }, 'no provider lists a model "no-such"'],
    ['POST', '/v1/messages', { model: 'no-such', messages }, 'no provider lists a model "no-such"'],
    ['POST', '/api/chat', { model: 'no-such', messages }, 'no provider lists a model "no-such"'],
    ['GET', '/v1beta/nothing', undefined, 'there is no /v1beta/nothing; use POST /v1beta/models'],
  ])('%s %s', async (method, path, body, words) => {
    const { port } = await testServer();
    expect(await reasonOf(port, method, path, body)).toContain(words);
  });

  it('applies to errors that Node raises before any route', async () => {
    const { port } = await testServer();
    expect(await rawExchange(port, 'NONSENSE\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 400 this is not a request that can be read as HTTP\/1\.1\r\n/,
    );
  });

  it('is printable ASCII of at most 120 characters, without a secret or a line break', async () => {
    const words = `key ${plantedKey('openai_public')} is\r\nSet-Cookie: x=1 schlüssel ${'long '.repeat(100)}`;
    const upstream = await startProvider(whole(protocols.openAi.error(words), 400));
    const { port } = await testServer(chatOptions(upstream.url));
    const body = { model: `openai_public/${protocols.openAi.model}`, messages };
    for (const path of ['/v1/chat/completions', '/v1/responses', '/api/llm/chat']) {
      const input = path === '/v1/responses' ? { model: body.model, input: 'hi' } : body;
      const reason = await reasonOf(port, 'POST', path, input);
      expect(reason).toMatch(/^[\x20-\x7e]{60,120}$/);
      expect(reason).toContain('is Set-Cookie: x=1 schl?ssel');
      expect(reason).not.toContain('Zq81kTw5');
    }
  });

  it('is unchanged if it fits', () => {
    expect(reasonPhrase('too many')).toBe('too many');
    expect(reasonPhrase('x'.repeat(121))).toHaveLength(120);
    expect(reasonPhrase('x'.repeat(120))).toBe('x'.repeat(120));
  });
});
