import { describe, expect, it } from 'vitest';
import type { AdapterName } from '../../contract/provider.ts';
import { nativeParams } from './anthropic-messages/params.ts';
import type { JsonObject, NeutralChat } from './define.ts';
import { bodyFields, configFields, thinkingFields } from './gemini-generate/param-places.ts';
import { adapterFor } from './index.ts';

const bill = (adapter: AdapterName, body: JsonObject) => adapterFor(adapter).billing(body);
const openAi = (body: JsonObject) => bill('openai_compat', { model: 'gpt-4.1', messages: [], ...body });
const anthropic = (body: JsonObject) =>
  bill('anthropic_compat', { model: 'claude', messages: [], max_tokens: 10, ...body });
const gemini = (body: JsonObject) => bill('gemini', body);
const ofPart = (part: JsonObject) => [{ role: 'user', content: [part] }];

/** Fields of OpenAI's reference, OpenRouter's parameters, and fields of compatible servers. */
const openAiVocabulary =
  `temperature top_p top_k min_p top_a frequency_penalty presence_penalty repetition_penalty stop seed
  logit_bias logprobs top_logprobs user safety_identifier prompt_cache_key prompt_cache_retention metadata store stream
  stream_options response_format tools tool_choice parallel_tool_calls function_call functions reasoning_effort verbosity
  usage include_reasoning reasoning provider transforms models route plugins web_search_options modalities audio prediction
  service_tier n max_tokens max_completion_tokens structured_outputs thinking chat_template_kwargs options`.split(
    /\s+/,
  );

const neutral =
  `temperature top_p presence_penalty frequency_penalty repetition_penalty min_p max_tokens seed n top_k
  max_completion_tokens top_logprobs logprobs stop user reasoning_effort parallel_tool_calls stream_options tool_choice`.split(
    /\s+/,
  );

const vocabulary: [AdapterName, Iterable<string>][] = [
  ['openai_compat', [...openAiVocabulary, ...neutral]],
  ['openrouter', [...openAiVocabulary, ...neutral]],
  ['azure_openai', [...openAiVocabulary, ...neutral]],
  ['anthropic_compat', [...nativeParams, ...neutral]],
  ['gemini', [...configFields, ...bodyFields, ...thinkingFields, ...neutral]],
];

const values: unknown[] = [1, 'x', true, {}, []];
const chat = (name: string, value: unknown): NeutralChat => ({
  messages: [{ role: 'user', content: 'hello' }],
  params: { [name]: value },
  stream: false,
});

describe.each(vocabulary)('%s', (name, params) => {
  it.each([...new Set(params)])('knows whether %s costs anything', (param) => {
    const adapter = adapterFor(name);
    for (const value of values) {
      const { body } = adapter.toRequest(chat(param, value), { provider: 'p', model: 'm', settings: {} });
      expect(
        adapter.billing(body).unbounded.filter((reason) => reason.includes('this field is not known')),
      ).toEqual([]);
    }
  });
});

describe('hidden costs in a body', () => {
  it('a file sent as an image has no upper bound', () => {
    const url = 'data:application/pdf;base64,JVBERi0=';
    expect(openAi({ messages: ofPart({ type: 'image_url', image_url: { url } }) })).toMatchObject({
      images: 0,
      unbounded: [expect.stringContaining('application/pdf')],
    });
    const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } };
    expect(openAi({ messages: ofPart(image) })).toMatchObject({ images: 1, imageBytes: 26, unbounded: [] });
  });

  it('images and documents inside documents and results are counted', () => {
    const image = { type: 'image', source: { type: 'url', url: 'https://a.example/a.png' } };
    const inDocument = { type: 'document', source: { type: 'content', content: [image, image] } };
    expect(anthropic({ messages: ofPart(inDocument) })).toMatchObject({ images: 2, unbounded: [] });
    const pdf = {
      type: 'document',
      source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' },
    };
    const fetched = { type: 'web_fetch_tool_result', content: { type: 'web_fetch_result', content: pdf } };
    expect(anthropic({ messages: ofPart(fetched) }).unbounded).toEqual([expect.stringContaining('pages')]);
    const result = {
      functionResponse: { name: 'f', parts: [{ fileData: { mimeType: 'image/png', fileUri: 'u' } }] },
    };
    expect(gemini({ contents: [{ parts: [result] }] })).toMatchObject({ images: 1, unbounded: [] });
    const video = {
      functionResponse: { name: 'f', parts: [{ fileData: { mimeType: 'video/mp4', fileUri: 'u' } }] },
    };
    expect(gemini({ contents: [{ parts: [video] }] }).unbounded).toHaveLength(1);
  });

  it('a limit that a server may not read is ignored, but raises the others', () => {
    expect(openAi({ n_predict: 5 }).maxOutput).toBeUndefined();
    expect(openAi({ max_output_tokens: 5 }).maxOutput).toBeUndefined();
    expect(openAi({ max_tokens: 5, n_predict: 500 }).maxOutput).toBe(500);
    expect(openAi({ max_tokens: 5, options: { num_predict: 600 } }).maxOutput).toBe(600);
  });

  it('a thinking budget is added under each of its names', () => {
    expect(openAi({ thinking: { type: 'enabled', budget_tokens: 9000 } }).extraOutput).toBe(9000);
    expect(openAi({ chat_template_kwargs: { thinking_budget: 8000 } }).extraOutput).toBe(8000);
    const both = { thinkingBudget: 1, thinking_budget: 7000 };
    expect(gemini({ generationConfig: { thinkingConfig: both } }).extraOutput).toBe(7001);
  });

  it('a prediction counts by its bytes', () => {
    const prediction = { type: 'content', content: '日本語' };
    expect(openAi({ prediction }).extraOutput).toBe(Buffer.byteLength(JSON.stringify(prediction)));
  });

  it('the tokens that Anthropic adds for tools are added', () => {
    expect(anthropic({}).extraPrompt).toBe(0);
    expect(anthropic({ tools: [{ name: 'f', input_schema: {} }] }).extraPrompt).toBeGreaterThanOrEqual(530);
    const computer = { type: 'computer_20250124', name: 'computer' };
    expect(anthropic({ tools: [computer] }).extraPrompt).toBeGreaterThanOrEqual(530 + 735 + 499);
    const tools = [{ type: 'function', function: { name: 'f' } }];
    expect(openAi({ model: 'anthropic/claude-sonnet-4.5', tools }).extraPrompt).toBeGreaterThanOrEqual(530);
  });

  it('sorting by speed over price leaves the upstream, and thus the price, unknown', () => {
    expect(openAi({ provider: { sort: 'throughput' } }).unbounded).toHaveLength(1);
    expect(openAi({ provider: { sort: { by: 'latency' } } }).unbounded).toHaveLength(1);
    expect(openAi({ provider: { sort: 'price', order: ['a'] } }).unbounded).toEqual([]);
  });

  it('a document is billed as tokens, a search beyond tokens', () => {
    expect(anthropic({ messages: ofPart({ type: 'document', source: { type: 'url' } }) }).beyondTokens).toBe(
      false,
    );
    expect(openAi({ web_search_options: {} }).beyondTokens).toBe(true);
  });
});
