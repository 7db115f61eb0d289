import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { chatOptions } from '../../core/__fixtures__/chat-core.ts';
import { pieces, whole } from '../../core/__fixtures__/provider-replies.ts';
import { startProvider } from '../../core/__fixtures__/provider-upstream.ts';
import { protocols } from '../../core/__fixtures__/protocols.ts';
import { testServer } from '../__fixtures__/test-server.ts';
import { chunksIn, openAiServer } from './__fixtures__/openai-server.ts';
import {
  bytesOf,
  chunk,
  done,
  finish,
  hello,
  leakedKey,
  role,
  usageOnly,
} from './__fixtures__/raw-pieces.ts';

const model = `openai_public/${protocols.openAi.model}`;
const messages = [{ role: 'user', content: 'Say hello to Mira.' }];
const withUsage = { stream: true, stream_options: { include_usage: true } };

describe('a stream', () => {
  const streams: [string, string[]][] = [
    ['as OpenAI writes it', [role, hello, finish, usageOnly, done]],
    [
      'with carriage returns, comments, event names and extra blank lines',
      [
        ': OPENROUTER PROCESSING\n\n',
        `event: message\r\nid: 7\r\n${role.replaceAll('\n', '\r\n')}`,
        '\n\n: ping\n',
        hello,
        'retry: 5\n\n',
        finish,
        usageOnly,
        'data:[DONE]\r\n\r\n',
      ],
    ],
    ['split within lines and characters', []],
    ['without a blank line at its end', [role, hello, finish, usageOnly, 'data: [DONE]']],
    [
      'with the usage in its last chunk',
      [
        role,
        hello,
        finish.replace('"usage":null', '"usage":{"prompt_tokens":1,"completion_tokens":1}'),
        done,
      ],
    ],
  ];
  it.each(streams)('%s is returned byte for byte', async (_how, parts) => {
    const text = parts.join('') || role + hello + finish + usageOnly + done;
    const all = Buffer.from(text);
    const cuts =
      parts.length === 0
        ? Array.from({ length: Math.ceil(all.length / 7) }, (_, i) => all.subarray(i * 7, i * 7 + 7))
        : parts;
    const upstream = await startProvider(pieces(cuts));
    const { complete } = await openAiServer(upstream.url);
    const reply = await complete({ model, messages, ...withUsage });
    expect(bytesOf(reply)).toBe(all.toString('hex'));
    expect(reply.headers['content-type']).toMatch(/^text\/event-stream/);
  });

  it('hides token counts that only we asked for', async () => {
    const upstream = await startProvider(pieces([role, hello, finish, usageOnly, done]));
    const { complete } = await openAiServer(upstream.url);
    const reply = await complete({ model, messages, stream: true });
    expect(upstream.exchanges[0]!.json()['stream_options']).toEqual({ include_usage: true });
    expect(reply.text).toBe(role + hello + finish + done);
  });

  it('passes each event on before the next arrives', async () => {
    let go = () => {};
    const parts = [': wait\n\n', role, hello, finish, done];
    const upstream = await startProvider(async ({ response }) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const part of parts) {
        const taken = new Promise<void>((resolve) => void (go = resolve));
        response.write(part);
        await taken;
      }
      response.end();
    });
    const { port } = await testServer(chatOptions(upstream.url));
    const request = httpRequest({
      host: '127.0.0.1',
      port,
      path: '/v1/chat/completions',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
    request.end(JSON.stringify({ model, messages, ...withUsage }));
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const seen: string[] = [];
    for await (const data of response) {
      seen.push(String(data));
      go();
    }
    expect(seen).toEqual(parts);
  });

  it.each(['cut', 'reset'] as const)(
    'that is %s ends in an error event, not in a normal end',
    async (ending) => {
      const upstream = await startProvider(pieces([role, hello, hello.slice(0, 30)], ending));
      const { complete } = await openAiServer(upstream.url);
      const { text, status } = await complete({ model, messages, stream: true });
      expect(status).toBe(200);
      expect(text.startsWith(role + hello)).toBe(true);
      const { chunks, done } = chunksIn(text);
      expect(done).toBe(false);
      expect(chunks.at(-1)).toEqual({
        error: {
          message: expect.stringContaining('openai_public'),
          type: 'server_error',
          param: null,
          code: 'provider_interrupted',
        },
      });
      expect(upstream.exchanges).toHaveLength(1);
    },
  );

  it('is not retried once its first event is passed on', async () => {
    const upstream = await startProvider(pieces([role], 'cut'), pieces([role, hello, finish, done]));
    const { complete } = await openAiServer(upstream.url);
    const { chunks } = chunksIn((await complete({ model, messages, stream: true })).text);
    expect(upstream.exchanges).toHaveLength(1);
    expect(chunks.at(-1)).toMatchObject({ error: { code: 'provider_interrupted' } });
  });

  it('that breaks before its first event is retried on request, and the caller sees one reply', async () => {
    const upstream = await startProvider(pieces([], 'cut'), pieces([role, hello, finish, done]));
    const { complete } = await openAiServer(upstream.url);
    const ask = { model, messages, stream: true, comfyvn: { retries: 1 } };
    expect((await complete(ask)).text).toBe(role + hello + finish + done);
    expect(upstream.exchanges).toHaveLength(2);
  });

  it('with an error in it has the provider’s message, without the key in it', async () => {
    const error = `data: {"error":{"message":"bad key ${leakedKey}","code":"boom"}}\n\n`;
    const upstream = await startProvider(pieces([role, hello, error]));
    const { complete } = await openAiServer(upstream.url);
    const { chunks, done } = chunksIn((await complete({ model, messages, stream: true })).text);
    expect(done).toBe(false);
    expect(JSON.stringify(chunks.at(-1))).toContain('bad key ••••vLx0');
  });

  it('that fails before its start keeps its HTTP status', async () => {
    const upstream = await startProvider(
      whole(protocols.openAi.error('slow down'), 429, { 'retry-after': '31' }),
    );
    const { complete } = await openAiServer(upstream.url);
    const reply = await complete({ model, messages, stream: true });
    expect([reply.status, reply.headers['retry-after'], reply.headers['content-type']]).toEqual([
      429,
      '31',
      'application/json; charset=utf-8',
    ]);
  });

  it('that is an HTML page is an error with a status, and the page is not passed on', async () => {
    const page = '<html>\n\n<body>\n\ndown for repairs</body></html>';
    const upstream = await startProvider(pieces([page], 'end', { 'content-type': 'text/html' }));
    const { complete } = await openAiServer(upstream.url);
    const reply = await complete({ model, messages, stream: true });
    expect([reply.status, (reply.json()['error'] as { code: string }).code]).toEqual([
      502,
      'provider_bad_reply',
    ]);
  });

  it('that is a refusal is passed on, as clients read it in its own field', async () => {
    const refusal = `data: ${chunk('{"refusal":"I cannot."}')}\n\n`;
    const upstream = await startProvider(pieces([role, refusal, finish, done]));
    const { complete } = await openAiServer(upstream.url);
    expect((await complete({ model, messages, stream: true })).text).toBe(role + refusal + finish + done);
  });

  it('that is complete but has no end mark gets one', async () => {
    const upstream = await startProvider(pieces([role, hello, finish]));
    const { complete } = await openAiServer(upstream.url);
    expect((await complete({ model, messages, stream: true })).text).toBe(role + hello + finish + done);
  });

  it('answered by one JSON body arrives as chunks, with tool calls and reasoning', async () => {
    const message = {
      role: 'assistant',
      content: 'Look:',
      reasoning_content: 'hm',
      tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'look', arguments: '{}' } }],
    };
    const upstream = await startProvider(
      whole({ choices: [{ index: 0, message, finish_reason: 'tool_calls' }] }),
    );
    const { client } = await openAiServer(upstream.url);
    const runner = client.chat.completions.stream({ model, messages: [{ role: 'user', content: 'hi' }] });
    const { choices } = await runner.finalChatCompletion();
    expect(choices[0]).toMatchObject({
      message: {
        content: 'Look:',
        tool_calls: [{ id: 'call_1', function: { name: 'look', arguments: '{}' } }],
      },
      finish_reason: 'tool_calls',
    });
  });
});
