import fc from 'fast-check';
import type { Message } from '../../../contract/chat.ts';
import type { NeutralChat, Target } from '../define.ts';

const neutralNumbers = [
  'temperature',
  'top_p',
  'presence_penalty',
  'frequency_penalty',
  'repetition_penalty',
  'min_p',
];
const neutralCounts = ['max_tokens', 'seed', 'n', 'top_k', 'max_completion_tokens', 'top_logprobs'];
const nativeNames = [
  'topP topK maxOutputTokens stopSequences safetySettings generationConfig thinkingConfig contents cachedContent',
  'thinking metadata stop_sequences system output_config mirostat num_ctx num_predict keep_alive think options format',
  'logit_bias logprobs user reasoning_effort stop parallel_tool_calls stream_options response_format tools tool_choice',
  'model messages stream systemInstruction prompt raw template',
].flatMap((line) => line.split(' '));
/** Names that a lookup in a plain object finds in its prototype. */
const trickyNames = ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf'];

const schema = fc.constantFrom<Record<string, unknown>[]>(
  {
    type: 'object',
    properties: { line: { type: 'string' } },
    required: ['line'],
    additionalProperties: false,
  },
  {
    type: 'object',
    properties: {
      mood: { type: ['string', 'null'] },
      beats: { type: 'array', items: { $ref: '#/$defs/b' } },
    },
    $defs: { b: { type: 'integer', minimum: 1 } },
  },
  { type: 'array', items: { anyOf: [{ type: 'string', minLength: 2 }, { const: 7 }] } },
  {},
);

const tool = fc.record({
  type: fc.constant('function'),
  function: fc.record(
    {
      name: fc.stringMatching(/^tool_[a-z]{1,8}$/),
      description: fc.stringMatching(/^about [a-z]{1,9}$/),
      parameters: schema,
    },
    { requiredKeys: ['name'] },
  ),
});

const toolChoice = fc.oneof(
  fc.constantFrom<unknown[]>('auto', 'none', 'required'),
  fc.constant({ type: 'function', function: { name: 'tool_a' } }),
);

const responseFormat = fc.oneof(
  fc.constantFrom<unknown[]>(
    { type: 'text' },
    { type: 'json_object' },
    { type: 'grammar', grammar: 'root ::= "a"' },
  ),
  schema.map((asked) => ({ type: 'json_schema', json_schema: { name: 'reply', schema: asked } })),
);

const param = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(fc.constantFrom(...neutralNumbers), fc.double({ min: -2, max: 4, noNaN: true })),
  },
  { weight: 3, arbitrary: fc.tuple(fc.constantFrom(...neutralCounts), fc.integer({ min: 0, max: 100_000 })) },
  fc.tuple(fc.constant('stop'), fc.oneof(fc.string(), fc.array(fc.string(), { maxLength: 6 }))),
  fc.tuple(fc.constant('tools'), fc.array(tool, { maxLength: 3 })),
  fc.tuple(fc.constant('tool_choice'), toolChoice),
  fc.tuple(fc.constant('response_format'), responseFormat),
  fc.tuple(
    fc.constantFrom(...neutralNumbers, ...neutralCounts, ...nativeNames),
    fc.jsonValue({ maxDepth: 2 }),
  ),
  fc.tuple(
    fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom(...trickyNames)),
    fc.jsonValue({ maxDepth: 2 }),
  ),
  fc.tuple(fc.constantFrom(...neutralNumbers), fc.constantFrom(null, undefined)),
);

/** Parameters as `JSON.parse` returns them, with `__proto__` as an own key. */
export const params = fc
  .array(param, { maxLength: 8 })
  .map((pairs): Record<string, unknown> => Object.fromEntries(pairs));

const image = fc.constantFrom(
  'https://example.com/cg/a.png',
  'data:image/png;base64,iVBORw0KGgo=',
  'data:image/webp;base64,UklGRg==',
);

/** A text that no protocol has a reason to change, so it can be found again in the body. */
const words = fc.stringMatching(/^w[a-z0-9]{6,12} “[a-zé]{1,6}”$/);

const textPart = words.map((text) => ({ type: 'text', text }));
const imagePart = image.map((url) => ({ type: 'image_url', image_url: { url } }));
const content = fc.oneof(words, fc.array(textPart, { minLength: 1, maxLength: 3 }));
const richContent = fc.oneof(words, fc.array(fc.oneof(textPart, imagePart), { minLength: 1, maxLength: 4 }));
const speaker = fc.option(fc.stringMatching(/^name_[a-z]{3,8}$/), { nil: undefined });
const callId = fc.stringMatching(/^call_[a-z0-9]{4,8}$/);

const toolCall = fc.record({
  id: callId,
  type: fc.constant('function'),
  function: fc.record({
    name: fc.stringMatching(/^tool_[a-z]{1,8}$/),
    arguments: fc.constantFrom('{}', '{"topic":"pier"}', '', 'not json'),
  }),
});

const message: fc.Arbitrary<Message> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ role: fc.constant('user' as const), content: richContent, name: speaker }),
  },
  fc.record({ role: fc.constantFrom('system' as const, 'developer' as const), content, name: speaker }),
  fc.record({ role: fc.constant('assistant' as const), content }),
  fc.record({
    role: fc.constant('assistant' as const),
    content: fc.constantFrom(null, ''),
    tool_calls: fc.array(toolCall, { minLength: 1, maxLength: 2 }),
  }),
  fc.record({ role: fc.constant('tool' as const), tool_call_id: callId, content: words }),
);

export const neutralChat: fc.Arbitrary<NeutralChat> = fc.record(
  {
    messages: fc.array(message, { minLength: 1, maxLength: 6 }),
    params,
    schema: fc.record({ name: fc.string({ minLength: 1, maxLength: 80 }), schema }),
    stream: fc.boolean(),
  },
  { requiredKeys: ['messages', 'params', 'stream'] },
);

export const target: fc.Arbitrary<Target> = fc.record(
  {
    provider: fc.constant('somewhere'),
    model: fc.oneof(fc.constant('a-model'), fc.string({ minLength: 1, unit: 'binary' })),
    settings: fc.constantFrom<Record<string, unknown>[]>({}, { api_version: '2024-10-21', x_title: 'Panel' }),
    structuredOutput: fc.constantFrom(
      'json_schema' as const,
      'json_object' as const,
      'tool' as const,
      'prompt' as const,
    ),
  },
  { requiredKeys: ['provider', 'model', 'settings'] },
);
