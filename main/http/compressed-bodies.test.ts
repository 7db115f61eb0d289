import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { testServer, type TestServer } from './__fixtures__/test-server.ts';
import { maxBodyBytes } from './read-input.ts';

const chat = JSON.stringify({ provider: 'stub', messages: [{ role: 'user', content: 'Ping' }] });
const post = ({ send }: TestServer, encoding: string, body: Buffer | string, chunked = false) =>
  send({
    method: 'POST',
    path: '/api/llm/chat',
    body,
    chunked,
    headers: { 'content-type': 'application/json', 'content-encoding': encoding },
  });

describe('a compressed body', () => {
  it.each([
    ['gzip', gzipSync(chat)],
    ['x-gzip', gzipSync(chat)],
    ['GZIP', gzipSync(chat)],
    ['br', brotliCompressSync(chat)],
    ['deflate', deflateSync(chat)],
    ['deflate', deflateRawSync(chat)],
    ['identity', Buffer.from(chat)],
  ])('in %s is read', async (encoding, body) => {
    const transport = await testServer();
    for (const chunked of [false, true]) {
      const reply = await post(transport, encoding, body, chunked);
      expect([reply.status, reply.json()['reply']]).toEqual([200, 'Ping']);
    }
  });

  it.each(['zstd', 'compress', 'gzip, br', 'nonsense'])('in %s is a 415 that names it', async (encoding) => {
    const reply = await post(await testServer(), encoding, Buffer.from(chat));
    expect([reply.status, reply.json()['code']]).toEqual([415, 'unsupported_media_type']);
    expect(reply.json()['message']).toContain(encoding);
  });

  it.each(['gzip', 'br', 'deflate'])('that is not valid %s is a 400', async (encoding) => {
    const reply = await post(await testServer(), encoding, Buffer.from(chat));
    expect([reply.status, reply.json()['code']]).toEqual([400, 'invalid_request']);
  });

  it('counts by its unpacked size: 8 kB can be too much', async () => {
    const transport = await testServer();
    const bomb = JSON.stringify({ pad: ' '.repeat(maxBodyBytes) });
    for (const [encoding, body] of [
      ['gzip', gzipSync(bomb)],
      ['br', brotliCompressSync(bomb)],
      ['deflate', deflateSync(bomb)],
    ] as const) {
      expect(body.length).toBeLessThan(10_000);
      const reply = await post(transport, encoding, body);
      expect([reply.status, reply.json()['code']]).toEqual([413, 'body_too_large']);
    }
    expect((await transport.send({ path: '/health' })).status).toBe(200);
  });
});
