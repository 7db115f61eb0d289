import { describe, expect, it } from 'vitest';
import type { Message } from '../../contract/chat.ts';
import type { AdapterName } from '../../contract/provider.ts';
import { adapterFor } from '../adapters/index.ts';
import { calls, png, schema } from './__fixtures__/canned.ts';
import { chatProtocols } from './protocols.ts';

/** A protocol reads what the adapter of the same name writes; both follow the provider's documentation. */
const pairs: [keyof typeof chatProtocols, AdapterName][] = [
  ['anthropicMessages', 'anthropic'],
  ['ollamaChat', 'ollama'],
  ['geminiGenerate', 'gemini'],
];

const image = { type: 'image_url', image_url: { url: `data:image/png;base64,${png}` } };
const look = { type: 'function', function: { name: 'look_at', description: 'Looks.', parameters: schema } };
const conversation: Message[] = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: [{ type: 'text', text: 'Where are we?' }, image] },
  { role: 'assistant', content: 'I look.', tool_calls: calls },
  { role: 'tool', tool_call_id: 'call_a', content: '{"seen":"boats"}' },
  { role: 'tool', tool_call_id: 'call_b', content: '{"seen":"beds"}' },
  { role: 'user', content: 'And now?' },
];

function roundTrip(name: keyof typeof chatProtocols, adapter: AdapterName, params: Record<string, unknown>) {
  const chat = { messages: conversation, params, stream: false };
  const target = {
    provider: 'p',
    model: 'm',
    settings: { thought_signatures: 'as_given' },
    structuredOutput: 'json_schema' as const,
  };
  const { body } = adapterFor(adapter).toRequest(chat, target);
  return chatProtocols[name].toChat({ body: JSON.parse(JSON.stringify(body)) as unknown });
}

describe.each(pairs)('%s reads what the adapter %s writes', (name, adapter) => {
  it('with the same conversation: system, image, calls and their results', () => {
    expect(roundTrip(name, adapter, { tools: [look] }).chat.messages).toEqual(conversation);
  });

  it('with the same sampling, tools and schema', () => {
    const response_format = { type: 'json_schema', json_schema: { name: 'reply', schema } };
    const params = { max_tokens: 40, temperature: 0.4, top_p: 0.9, stop: ['###'], tools: [look] };
    const { chat, warnings } = roundTrip(name, adapter, { ...params, response_format });
    expect(chat.params).toEqual({ ...params, max_completion_tokens: null, response_format });
    expect(warnings).toEqual([]);
  });
});
