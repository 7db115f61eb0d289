import { describe, expect, it } from 'vitest';
import { pieces, whole } from '../../core/__fixtures__/provider-replies.ts';
import { startProvider } from '../../core/__fixtures__/provider-upstream.ts';
import { protocols } from '../../core/__fixtures__/protocols.ts';
import { openAiServer } from './__fixtures__/openai-server.ts';
import {
  bytesOf,
  done,
  finish,
  hello,
  leakedChunk,
  leakedKey,
  oddJson,
  role,
  withoutKey,
} from './__fixtures__/raw-pieces.ts';

const model = `openai_public/${protocols.openAi.model}`;
const messages = [{ role: 'user', content: 'Say hello to Mira.' }];

describe('a reply', () => {
  it('is returned byte for byte, with our request id in place of theirs', async () => {
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'x-request-id': 'req_theirs',
      'set-cookie': 'a=b',
      'openai-processing-ms': '17',
    };
    const upstream = await startProvider(whole(oddJson, 200, headers));
    const { complete } = await openAiServer(upstream.url);
    const reply = await complete({ model, messages }, { headers: { 'x-request-id': 'turn-9' } });
    expect(bytesOf(reply)).toBe(Buffer.from(oddJson).toString('hex'));
    expect(reply.headers).toMatchObject({
      'x-request-id': 'turn-9',
      'x-comfyvn-provider': 'openai_public',
      'x-comfyvn-model': protocols.openAi.model,
      'openai-processing-ms': '17',
    });
    expect(reply.headers['set-cookie']).toBeUndefined();
  });

  it('keeps every choice, and a refusal in its own field', async () => {
    const refusal = {
      choices: [0, 1].map((index) => ({
        index,
        message: { role: 'assistant', content: null, refusal: 'I cannot.' },
        finish_reason: 'stop',
      })),
    };
    const upstream = await startProvider(whole(refusal));
    const { complete } = await openAiServer(upstream.url);
    const reply = await complete({ model, messages, n: 2 });
    expect([reply.status, reply.json()]).toEqual([200, refusal]);
    expect(upstream.exchanges[0]!.json()['n']).toBe(2);
  });

  it('loses a key that the provider repeats, and nothing else', async () => {
    const leak = JSON.stringify(protocols.openAi.reply(`your key is ${leakedKey}, Ünï`));
    const upstream = await startProvider(
      whole(leak),
      pieces([role, leakedChunk, finish, done], 'end', {
        'openai-organization': leakedKey,
      }),
    );
    const { complete } = await openAiServer(upstream.url);
    const reply = await complete({ model, messages });
    expect(reply.text).toBe(withoutKey(leak));
    const streamed = await complete({ model, messages, stream: true });
    expect(streamed.text).toBe(role + withoutKey(leakedChunk) + finish + done);
    expect(JSON.stringify(streamed.headers)).not.toContain('planted');
  });
});

describe('Azure, OpenRouter and LM Studio', () => {
  it.each([
    ['azure_openai/gpt-35-turbo'],
    ['openrouter/qwen/qwen-2.5-72b-instruct'],
    ['lmstudio_local/hermes-3-llama-3.1-8b'],
  ])('%s is passed through too', async (model) => {
    const upstream = await startProvider(whole(oddJson), pieces([role, hello, finish, done]));
    const { complete } = await openAiServer(upstream.url);
    expect((await complete({ model, messages })).text).toBe(oddJson);
    expect((await complete({ model, messages, stream: true })).text).toBe(role + hello + finish + done);
  });

  it('a schema sent to Azure as a tool is answered as text, not as a tool call', async () => {
    const call = {
      id: 'call_1',
      type: 'function',
      function: { name: 'reply_in_json', arguments: '{"greeting":"hello"}' },
    };
    const message = { role: 'assistant', content: null, tool_calls: [call] };
    const upstream = await startProvider(
      whole({ choices: [{ index: 0, message, finish_reason: 'tool_calls' }] }),
    );
    const { complete } = await openAiServer(upstream.url);
    const json_schema = {
      name: 'greeting',
      schema: { type: 'object', properties: { greeting: { type: 'string' } } },
    };
    const reply = await complete({
      model: 'azure_openai/gpt-35-turbo',
      messages,
      response_format: { type: 'json_schema', json_schema },
    });
    expect(JSON.stringify(upstream.exchanges[0]!.json()['tools'])).toContain('reply_in_json');
    expect(reply.json()['choices']).toMatchObject([
      { message: { content: '{"greeting":"hello"}' }, finish_reason: 'stop' },
    ]);
    expect(reply.text).not.toContain('reply_in_json');
  });
});
