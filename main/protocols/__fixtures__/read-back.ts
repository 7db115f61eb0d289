import type { FinishReason, ToolCall, Usage } from '../../../contract/chat.ts';
import type { AdapterName } from '../../../contract/provider.ts';
import { partsOf } from '../../adapters/__fixtures__/stream-events.ts';
import type { ChatResult, RawEvent } from '../../adapters/define.ts';
import { adapterFor } from '../../adapters/index.ts';
import type { JsonObject, Protocol, ProtocolEvent, Wanted } from '../define.ts';
import { chatProtocols } from '../protocols.ts';

/** A reply as its protocol's reader parses it. */
export interface Read {
  text: string;
  reasoning: string;
  calls: { name: string; arguments: unknown }[];
  finish: FinishReason | null;
  usage: Pick<Usage, 'prompt_tokens' | 'completion_tokens' | 'total_tokens'> | null;
}

/**
 * The adapters parse what these protocols write, although they were written independently, for the real
 * services.
 */
const readers: Partial<Record<keyof typeof chatProtocols, AdapterName>> = {
  anthropicMessages: 'anthropic',
  ollamaChat: 'ollama',
  geminiGenerate: 'gemini',
};

/** The protocols whose replies one of our adapters can read. */
export const readable = Object.entries(readers).map(([key, adapter]) => ({
  protocol: chatProtocols[key as keyof typeof chatProtocols] as unknown as Protocol<Wanted>,
  adapter: adapterFor(adapter),
  adapterName: adapter,
}));

/** Parses a complete reply's body. */
export function readWhole(body: JsonObject, reader: (typeof readable)[number]): Read {
  const result = reader.adapter.fromResponse(JSON.parse(JSON.stringify(body)));
  if (!result) throw new Error(`not read as a reply of ${reader.protocol.name}`);
  return normal(result);
}

/** Parses a stream's events. */
export function readStream(events: readonly ProtocolEvent[], reader: (typeof readable)[number]): Read {
  const raw = events.map(({ event, data }): RawEvent => ({
    data: JSON.stringify(data),
    ...(event === undefined ? {} : { event }),
  }));
  const parts = partsOf(reader.adapter, raw);
  const result: ChatResult = { text: '', toolCalls: [], reasoning: '', finish: null, usage: null };
  const calls = new Map<number, ToolCall>();
  for (const part of parts) {
    if (part.type === 'error') throw new Error(part.error.upstreamMessage);
    if (part.type === 'text') result.text += part.text;
    if (part.type === 'reasoning') result.reasoning += part.text;
    if (part.type === 'finish') result.finish = part.reason;
    if (part.type === 'usage') result.usage = part.usage;
    if (part.type !== 'tool') continue;
    const call = calls.get(part.index) ?? { id: '', type: 'function', function: { name: '', arguments: '' } };
    call.function.name ||= part.name ?? '';
    call.function.arguments += part.arguments ?? '';
    calls.set(part.index, call);
  }
  return normal({ ...result, toolCalls: [...calls.values()] });
}

/** A result without differences between protocols: ids, and the formatting of arguments. */
export function normal({ text, toolCalls, reasoning = '', finish, usage }: ChatResult): Read {
  return {
    text,
    reasoning,
    calls: toolCalls.map(({ function: fn }) => ({
      name: fn.name,
      arguments: JSON.parse(fn.arguments || '{}') as unknown,
    })),
    finish: finish === 'other' || finish === null ? (toolCalls.length > 0 ? 'tool_calls' : 'stop') : finish,
    usage: usage && {
      prompt_tokens: usage.prompt_tokens,
      completion_tokens: usage.completion_tokens,
      total_tokens: usage.total_tokens,
    },
  };
}

/** Parses a Responses reply by OpenAI's reference, because no adapter of ours reads it. */
export function readResponse(response: JsonObject): Read {
  const output = response['output'] as JsonObject[];
  const of = (type: string) => output.filter((item) => item['type'] === type);
  const texts = (items: JsonObject[], list: string) =>
    items.flatMap((item) => (item[list] as JsonObject[]).map(({ text = '' }) => String(text))).join('');
  const calls = of('function_call').map((item) => ({
    name: String(item['name']),
    arguments: JSON.parse(String(item['arguments']) || '{}') as unknown,
  }));
  const usage = response['usage'] as Record<string, number> | null;
  const reason = (response['incomplete_details'] as JsonObject | null)?.['reason'];
  const refused = JSON.stringify(output).includes('"type":"refusal"');
  const ended = refused ? 'content_filter' : calls.length > 0 ? 'tool_calls' : 'stop';
  return {
    text: texts(of('message'), 'content'),
    reasoning: texts(of('reasoning'), 'summary'),
    calls,
    finish: reason === 'content_filter' ? reason : reason === undefined ? ended : 'length',
    usage: usage && {
      prompt_tokens: usage['input_tokens']!,
      completion_tokens: usage['output_tokens']!,
      total_tokens: usage['total_tokens']!,
    },
  };
}
