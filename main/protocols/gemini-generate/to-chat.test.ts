import { describe, expect, it } from 'vitest';
import type { AdapterName } from '../../../contract/provider.ts';
import { toJsonSchema } from './json-schema.ts';
import { readTarget } from './target.ts';
import { toChat } from './to-chat.ts';

const contents = [{ role: 'user', parts: [{ text: 'x' }] }];
const read = (body: object, adapter?: AdapterName) =>
  toChat({ body: { contents, ...body }, model: 'm', ...(adapter ? { adapter } : {}) });

describe('fields that only Gemini has', () => {
  const body = {
    safetySettings: [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'BLOCK_NONE' }],
    generationConfig: {
      topK: 40,
      mediaResolution: 'MEDIA_RESOLUTION_LOW',
      thinkingConfig: { thinkingBudget: 4096 },
    },
  };

  it('go to Gemini unchanged', () => {
    const own = { tools: [{ googleSearch: {} }], cachedContent: 'cachedContents/x' };
    const { chat, warnings } = read({ ...body, ...own }, 'gemini');
    expect(warnings).toEqual([]);
    expect(chat.params).toEqual({
      safetySettings: body.safetySettings,
      top_k: 40,
      mediaResolution: 'MEDIA_RESOLUTION_LOW',
      thinkingConfig: { thinkingBudget: 4096 },
      ...own,
    });
  });

  it('become the closest equivalent, or a warning, at another provider', () => {
    const { chat, warnings } = read(body, 'openai');
    expect(chat.params).toEqual({ reasoning_effort: 'medium' });
    for (const name of ['safetySettings', 'generationConfig.mediaResolution', 'generationConfig.top_k']) {
      expect(warnings.join()).toContain(`\`${name}\``);
    }
  });
});

it('snake_case is read as camelCase everywhere', () => {
  const { chat } = toChat({
    model: 'm',
    body: {
      system_instruction: { parts: [{ text: 'Be brief.' }] },
      contents: [{ parts: [{ inline_data: { mime_type: 'image/png', data: 'AAAA' } }] }],
      generation_config: { max_output_tokens: 40, thinking_config: { thinking_level: 'LOW' } },
      tools: [{ function_declarations: [{ name: 'a' }] }],
      tool_config: { function_calling_config: { mode: 'ANY', allowed_function_names: ['a'] } },
    },
  });
  expect(chat).toEqual({
    model: 'm',
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }] },
    ],
    params: {
      max_tokens: 40,
      max_completion_tokens: null,
      reasoning_effort: 'low',
      tools: [{ type: 'function', function: { name: 'a' } }],
      tool_choice: { type: 'function', function: { name: 'a' } },
    },
  });
});

it('only the allowed functions are offered', () => {
  const tools = [{ functionDeclarations: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] }];
  const functionCallingConfig = { mode: 'ANY', allowedFunctionNames: ['a', 'c'] };
  const { params } = read({ tools, toolConfig: { functionCallingConfig } }).chat;
  expect(params).toEqual({
    tools: ['a', 'c'].map((name) => ({ type: 'function', function: { name } })),
    tool_choice: 'required',
  });
});

it('Gemini’s schemas become JSON Schema', () => {
  const own = {
    type: 'OBJECT',
    propertyOrdering: ['b', 'a'],
    properties: {
      // A property may be named like a keyword.
      type: { type: 'STRING', nullable: true, enum: ['X'] },
      list: {
        type: 'ARRAY',
        minItems: '2',
        items: { anyOf: [{ type: 'INTEGER' }, { type: 'NUMBER' }] },
        example: [1],
      },
    },
  };
  expect(toJsonSchema(own)).toEqual({
    type: 'object',
    properties: {
      type: { type: ['string', 'null'], enum: ['X', null] },
      list: {
        type: 'array',
        minItems: 2,
        items: { anyOf: [{ type: 'integer' }, { type: 'number' }] },
        examples: [[1]],
      },
    },
  });
});

it.each([
  [{ functionResponse: { name: 'a', response: {} } }, 'contents[0].parts[0].functionResponse'],
  [{ inlineData: { mimeType: 'video/mp4', data: 'AAAA' } }, 'contents[0].parts[0].inlineData.mimeType'],
  [
    { fileData: { fileUri: 'https://generativelanguage.googleapis.com/v1beta/files/x' } },
    'contents[0].parts[0].fileData.fileUri',
  ],
  [{ executableCode: { code: '1' } }, 'contents[0].parts[0]'],
])('%j is refused with its position', (part, param) => {
  const body = { contents: [{ role: 'user', parts: [part] }] };
  expect(() => toChat({ body })).toThrow(expect.objectContaining({ param }) as Error);
});

describe('the address', () => {
  it.each([
    ['module:vn_chat:generateContent', { model: 'module:vn_chat', method: 'generateContent', stream: false }],
    [
      'openai_public/gpt-5:streamGenerateContent',
      { model: 'openai_public/gpt-5', method: 'streamGenerateContent', stream: true },
    ],
    ['stub:countTokens', { model: 'stub', method: 'countTokens', stream: false }],
    ['stub:predict', null],
    ['stub', null],
    [':generateContent', null],
  ])('%s', (target, expected) => {
    expect(readTarget(target)).toEqual(expected);
  });
});

it('unsupported fields of a part are reported', () => {
  const parts = [{ text: 'x', video_metadata: { fps: 2 } }];
  expect(read({ contents: [{ parts }] }).warnings).toEqual([
    expect.stringContaining('`contents[0].parts[0].videoMetadata`'),
  ]);
});
