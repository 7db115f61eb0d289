import { describe, expect, test } from 'vitest';
import type { NeutralChat, Target } from '../define.ts';
import { geminiGenerate } from './adapter.ts';

const target: Target = { provider: 'google_gemini', model: 'gemini-3.8-flash', settings: {} };
const messages: NeutralChat['messages'] = [{ role: 'user', content: 'Hi' }];

function request(params: Record<string, unknown>, to: Partial<Target> = {}, chat: Partial<NeutralChat> = {}) {
  return geminiGenerate.toRequest({ messages, params, stream: false, ...chat }, { ...target, ...to });
}

describe('toRequest', () => {
  test('sends the key in a header, never in the URL, which would be logged', () => {
    const streamed = request({}, {}, { stream: true });
    expect([streamed.query, streamed.headers]).toEqual([{ alt: 'sse' }, {}]);
    expect(geminiGenerate.auth).toEqual({ header: 'x-goog-api-key', prefix: '' });
  });

  test.each([
    ['gemini-3.8-flash', '/models/gemini-3.8-flash:generateContent'],
    ['models/gemini-3.8-flash', '/models/gemini-3.8-flash:generateContent'],
    ['tunedModels/pier-7', '/tunedModels/pier-7:generateContent'],
    ['a b?key=x', '/models/a%20b%3Fkey%3Dx:generateContent'],
  ])('escapes a model id so that it stays one path segment: %s', (model, path) => {
    expect(request({}, { model }).path).toBe(path);
  });

  test('leaves out parameters that are `undefined` or `null`', () => {
    const sent = request({ temperature: null, top_p: undefined, top_k: 0 });
    expect(sent.body.generationConfig).toEqual({ topK: 0 });
    expect([sent.applied, sent.dropped]).toEqual([['top_k'], []]);
  });

  test('combines thinking_budget with a thinking_config', () => {
    const sent = request({ thinkingConfig: { includeThoughts: true }, thinking_budget: 128 });
    expect(sent.body.generationConfig).toEqual({
      thinkingConfig: { includeThoughts: true, thinkingBudget: 128 },
    });
  });

  test("prefers the caller's maxOutputTokens over a default's max_tokens", () => {
    const sent = request({ max_tokens: 512, maxOutputTokens: 2048 });
    expect(sent.body.generationConfig).toEqual({ maxOutputTokens: 2048 });
    expect(sent.dropped.map(({ param }) => param)).toEqual(['max_tokens']);
  });

  test('adds the media type that Gemini requires to a native schema', () => {
    const sent = request({ response_json_schema: { type: 'string' } });
    expect(sent.body.generationConfig).toEqual({
      responseJsonSchema: { type: 'string' },
      responseMimeType: 'application/json',
    });
  });

  test('turns json_object into the JSON media type', () => {
    const sent = request({ response_format: { type: 'json_object' } });
    expect(sent.body.generationConfig).toEqual({ responseMimeType: 'application/json' });
    expect(sent.applied).toEqual(['response_format']);
  });

  test('keeps the caller’s tools beside a schema sent as a forced function', () => {
    const tools = [{ type: 'function', function: { name: 'look' } }];
    const schema = { name: 'reply', schema: { type: 'object' } };
    const sent = request({ tools, tool_choice: 'none' }, { structuredOutput: 'tool' }, { schema });
    expect(sent.body.tools).toMatchObject([
      { functionDeclarations: [{ name: 'look' }, { name: 'reply_in_json' }] },
    ]);
    expect(sent.dropped.map(({ param }) => param)).toEqual(['tool_choice']);
  });

  test('sends tools in the OpenAPI subset only where the settings say so', () => {
    const parameters = { type: 'object', properties: { hour: { type: 'integer', exclusiveMinimum: 0 } } };
    const tools = [{ type: 'function', function: { name: 'look', parameters } }];
    const [plain, openApi] = [{}, { schema_field: 'responseSchema' }].map((settings) =>
      request({ tools }, { settings }),
    );
    expect(plain?.body.tools).toEqual([
      { functionDeclarations: [{ name: 'look', parametersJsonSchema: parameters }] },
    ]);
    expect(openApi?.body.tools).toEqual([
      {
        functionDeclarations: [
          { name: 'look', parameters: { type: 'OBJECT', properties: { hour: { type: 'INTEGER' } } } },
        ],
      },
    ]);
    expect(openApi?.rewritten.map(({ path }) => path)).toContain(
      '/tools/0/functionDeclarations/0/parameters/properties/hour/exclusiveMinimum',
    );
  });

  test('reads the token limit for the budget in either spelling', () => {
    expect(geminiGenerate.billing({ generationConfig: { maxOutputTokens: 5 } }).maxOutput).toBe(5);
    expect(geminiGenerate.billing({ generation_config: { max_output_tokens: 6 } }).maxOutput).toBe(6);
    expect(geminiGenerate.billing({}).maxOutput).toBeUndefined();
  });
});
