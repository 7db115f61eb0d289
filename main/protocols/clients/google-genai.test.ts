import { ApiError, FunctionCallingConfigMode, GoogleGenAI, ThinkingLevel, Type } from '@google/genai';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  callsTools,
  cutShort,
  interrupted,
  json,
  png,
  providerError,
  saysJson,
  saysText,
  schema,
  text,
  thinks,
  blockedReply,
} from '../__fixtures__/canned.ts';
import { startLoopback, type Loopback } from '../__fixtures__/loopback.ts';

let server: Loopback;
let client: GoogleGenAI;
beforeEach(async () => {
  server = await startLoopback();
  client = new GoogleGenAI({ apiKey: 'x', httpOptions: { baseUrl: server.url } });
});
afterEach(() => server.close());

const model = 'module:vn_chat';
const contents = 'Where are we?';
const declaration = {
  name: 'look_at',
  description: 'Looks.',
  parameters: {
    type: Type.OBJECT,
    properties: { place: { type: Type.STRING, nullable: true } },
    required: ['place'],
  },
};
const tools = [{ functionDeclarations: [declaration] }];

it('a text has its token counts, and the URL names the model', async () => {
  server.script({ answer: saysText });
  const reply = await client.models.generateContent({
    model,
    contents,
    config: { systemInstruction: 'Be brief.', maxOutputTokens: 40, stopSequences: ['###'], temperature: 0.4 },
  });
  expect(reply.text).toBe(text);
  expect(reply.candidates?.[0]?.finishReason).toBe('STOP');
  expect(reply.usageMetadata).toMatchObject({
    promptTokenCount: 20,
    candidatesTokenCount: 8,
    totalTokenCount: 28,
  });
  expect(server.calls[0]?.chat).toEqual({
    model,
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: contents },
    ],
    params: { max_tokens: 40, max_completion_tokens: null, stop: ['###'], temperature: 0.4 },
  });
});

it('a stream includes thoughts on request, and token counts at the end', async () => {
  server.script({ answer: thinks });
  const thinkingConfig = { includeThoughts: true, thinkingLevel: ThinkingLevel.LOW };
  const stream = await client.models.generateContentStream({ model, contents, config: { thinkingConfig } });
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  const parts = chunks.flatMap((chunk) => chunk.candidates?.[0]?.content?.parts ?? []);
  const reported = (thought: boolean) =>
    parts.flatMap((part) => (Boolean(part.thought) === thought ? [part.text ?? ''] : [])).join('');
  expect([reported(true), reported(false)]).toEqual(['She is shy.', 'Hello.']);
  expect(chunks.at(-1)?.usageMetadata).toMatchObject({
    promptTokenCount: 100,
    candidatesTokenCount: 20,
    thoughtsTokenCount: 30,
    cachedContentTokenCount: 60,
  });
  expect(server.calls[0]?.chat.params).toEqual({ reasoning_effort: 'low' });
  const plain = await client.models.generateContent({ model, contents });
  expect(JSON.stringify(plain.candidates)).not.toContain('shy');
});

it.each([false, true])(
  'tool calls are returned with their results and signatures; streamed: %s',
  async (streamed) => {
    const signed = {
      ...callsTools.data.tool_calls![0]!,
      extra_content: { google: { thought_signature: 'c2ln' } },
    };
    const answer = { ...callsTools, data: { ...callsTools.data, reply: '', tool_calls: [signed] } };
    server.script({ answer }, { answer: saysText });
    const toolConfig = {
      functionCallingConfig: { mode: FunctionCallingConfigMode.ANY, allowedFunctionNames: ['look_at'] },
    };
    const ask = { model, contents, config: { tools, toolConfig } };
    const content = { role: 'model', parts: [] as object[] };
    if (streamed) {
      for await (const chunk of await client.models.generateContentStream(ask)) {
        content.parts.push(...(chunk.candidates?.[0]?.content?.parts ?? []));
      }
    } else
      content.parts.push(
        ...((await client.models.generateContent(ask)).candidates?.[0]?.content?.parts ?? []),
      );
    expect(content.parts[0]).toMatchObject({
      functionCall: { name: 'look_at', args: { place: 'harbour' } },
      thoughtSignature: 'c2ln',
    });
    const result = { functionResponse: { name: 'look_at', response: { output: 'quiet' } } };
    await client.models.generateContent({
      ...ask,
      contents: [{ role: 'user', parts: [{ text: contents }] }, content, { role: 'user', parts: [result] }],
    });
    expect(server.calls[0]?.chat.params).toMatchObject({
      tool_choice: { type: 'function', function: { name: 'look_at' } },
      tools: [
        {
          type: 'function',
          function: {
            name: 'look_at',
            parameters: { type: 'object', properties: { place: { type: ['string', 'null'] } } },
          },
        },
      ],
    });
    expect(server.calls[1]?.chat.messages.slice(1)).toEqual([
      { role: 'assistant', content: null, tool_calls: [signed] },
      { role: 'tool', tool_call_id: 'call_a', content: '{"output":"quiet"}' },
    ]);
  },
);

it('a schema in either of Gemini’s forms is sent to the model as JSON Schema', async () => {
  server.script({ answer: saysJson });
  const own = {
    type: Type.OBJECT,
    properties: { name: { type: Type.STRING }, age: { type: Type.NUMBER } },
    required: ['name', 'age'],
    propertyOrdering: ['name', 'age'],
  };
  const responseMimeType = 'application/json';
  const reply = await client.models.generateContent({
    model,
    contents,
    config: { responseMimeType, responseSchema: own },
  });
  expect(JSON.parse(reply.text ?? '')).toEqual(json);
  await client.models.generateContent({
    model,
    contents,
    config: { responseMimeType, responseJsonSchema: schema },
  });
  const { additionalProperties: _, ...same } = schema;
  const asked = server.calls.map(({ chat }) => chat.params?.['response_format']);
  expect(asked).toEqual([
    { type: 'json_schema', json_schema: { name: 'reply', schema: same } },
    { type: 'json_schema', json_schema: { name: 'reply', schema } },
  ]);
});

it('an image is a part of the user message', async () => {
  server.script({ answer: saysText });
  const parts = [{ text: 'What?' }, { inlineData: { mimeType: 'image/png', data: png } }];
  await client.models.generateContent({ model, contents: [{ role: 'user', parts }] });
  expect(server.calls[0]?.chat.messages[0]?.content).toEqual([
    { type: 'text', text: 'What?' },
    { type: 'image_url', image_url: { url: `data:image/png;base64,${png}` } },
  ]);
});

it('the finish reason is in Gemini’s terms, and a filtered reply has the reason', async () => {
  server.script({ answer: cutShort }, { error: blockedReply });
  const ask = () => client.models.generateContent({ model, contents });
  expect((await ask()).candidates?.[0]?.finishReason).toBe('MAX_TOKENS');
  expect(await ask()).toMatchObject({
    candidates: [{ finishReason: 'SAFETY' }],
    promptFeedback: { blockReason: 'OTHER', blockReasonMessage: 'I cannot help with that' },
  });
});

it.each([
  [400, 'INVALID_ARGUMENT'],
  [401, 'UNAUTHENTICATED'],
  [404, 'NOT_FOUND'],
  [422, 'INVALID_ARGUMENT'],
])('a provider’s %i keeps its status', async (status, name) => {
  server.script({ error: providerError(status) });
  const error: unknown = await client.models
    .generateContent({ model, contents })
    .catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ status });
  expect(JSON.parse((error as ApiError).message)).toMatchObject({ error: { code: status, status: name } });
});

it('an interrupted stream is an error to the client', async () => {
  server.script({ answer: saysText, error: interrupted });
  const stream = await client.models.generateContentStream({ model, contents });
  const read = async () => {
    for await (const chunk of stream) void chunk;
  };
  await expect(read()).rejects.toThrow('broke off');
});

it('a stream without alt=sse is one JSON array', async () => {
  server.script({ answer: saysText });
  const body = JSON.stringify({ contents: [{ parts: [{ text: contents }] }] });
  const path = '/v1beta/models/stub:streamGenerateContent';
  const reply = await fetch(`${server.url}${path}`, { method: 'POST', body });
  const chunks = (await reply.json()) as { candidates: { content: { parts: { text: string }[] } }[] }[];
  expect(chunks.map(({ candidates }) => candidates[0]?.content.parts[0]?.text).join('')).toBe(text);
});

it.each([
  [{ responseModalities: ['IMAGE'] }, 'generationConfig.responseModalities'],
  [{ candidateCount: 2 }, 'generationConfig.candidateCount'],
  [{ tools: [{ googleSearch: {} }] }, 'tools[0].googleSearch'],
  [{ cachedContent: 'cachedContents/x' }, 'cachedContent'],
])('%o is refused by name', async (config, name) => {
  await expect(client.models.generateContent({ model, contents, config })).rejects.toThrow(name);
});
