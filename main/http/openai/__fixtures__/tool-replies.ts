import { sse } from '../../../core/__fixtures__/upstream.ts';

const named = (type: string, more: object) => `event: ${type}\n${sse({ type, ...more })}`;

/** A tool that the model is offered, and its calls. */
export const lookAt = {
  type: 'function' as const,
  function: {
    name: 'look_at',
    description: 'Describes a place.',
    parameters: { type: 'object', properties: { place: { type: 'string' } }, required: ['place'] },
  },
};

/** `look_at` with the harbour and with the inn, in each vendor's format: complete, and streamed. */
export const toolReplies = {
  openAi: {
    whole: {
      id: 'chatcmpl-7',
      object: 'chat.completion',
      created: 1_763_769_600,
      model: 'gpt-4o-mini-2024-07-18',
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: null,
            tool_calls: [
              {
                id: 'call_a',
                type: 'function',
                function: { name: 'look_at', arguments: '{"place":"harbour"}' },
              },
              { id: 'call_b', type: 'function', function: { name: 'look_at', arguments: '{"place":"inn"}' } },
            ],
          },
          finish_reason: 'tool_calls',
        },
      ],
    },
    stream: [
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          { index: 0, id: 'call_a', type: 'function', function: { name: 'look_at', arguments: '' } },
        ],
      },
      { tool_calls: [{ index: 0, function: { arguments: '{"place":' } }] },
      { tool_calls: [{ index: 0, function: { arguments: '"harbour"}' } }] },
      {
        tool_calls: [
          {
            index: 1,
            id: 'call_b',
            type: 'function',
            function: { name: 'look_at', arguments: '{"place":"inn"}' },
          },
        ],
      },
    ]
      .map((delta) =>
        sse({
          id: 'chatcmpl-7',
          object: 'chat.completion.chunk',
          created: 1,
          model: 'm',
          choices: [{ index: 0, delta, finish_reason: null }],
        }),
      )
      .concat(
        sse({
          id: 'chatcmpl-7',
          object: 'chat.completion.chunk',
          created: 1,
          model: 'm',
          choices: [{ index: 0, delta: {}, finish_reason: 'tool_calls' }],
        }),
        sse('[DONE]'),
      ),
  },
  anthropic: {
    whole: {
      type: 'message',
      role: 'assistant',
      content: [
        { type: 'text', text: 'Let me look.' },
        { type: 'tool_use', id: 'toolu_a', name: 'look_at', input: { place: 'harbour' } },
        { type: 'tool_use', id: 'toolu_b', name: 'look_at', input: { place: 'inn' } },
      ],
      stop_reason: 'tool_use',
      usage: { input_tokens: 11, output_tokens: 5 },
    },
    stream: [
      named('message_start', {
        message: { role: 'assistant', content: [], usage: { input_tokens: 11, output_tokens: 1 } },
      }),
      named('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
      named('content_block_delta', { index: 0, delta: { type: 'text_delta', text: 'Let me look.' } }),
      named('content_block_stop', { index: 0 }),
      named('content_block_start', {
        index: 1,
        content_block: { type: 'tool_use', id: 'toolu_a', name: 'look_at', input: {} },
      }),
      named('content_block_delta', {
        index: 1,
        delta: { type: 'input_json_delta', partial_json: '{"place":' },
      }),
      named('content_block_delta', {
        index: 1,
        delta: { type: 'input_json_delta', partial_json: '"harbour"}' },
      }),
      named('content_block_stop', { index: 1 }),
      named('content_block_start', {
        index: 2,
        content_block: { type: 'tool_use', id: 'toolu_b', name: 'look_at', input: {} },
      }),
      named('content_block_delta', {
        index: 2,
        delta: { type: 'input_json_delta', partial_json: '{"place":"inn"}' },
      }),
      named('content_block_stop', { index: 2 }),
      named('message_delta', { delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 5 } }),
      named('message_stop', {}),
    ],
  },
};
