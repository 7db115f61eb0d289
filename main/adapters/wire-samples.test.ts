import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AdapterName } from '../../contract/provider.ts';
import { eventsIn, partsOf } from './__fixtures__/stream-events.ts';
import { sampleReplies, samplesApart, type SampleReply } from './__fixtures__/sample-replies.ts';
import type { ChatResult, StreamPart } from './define.ts';
import { adapterFor } from './index.ts';

/** Replies recorded from real services; they are not part of the project, so a clone may lack them. */
const samples = new URL('../../../shared/data/wire-samples/', import.meta.url);
const present = existsSync(samples);
if (!present) console.info('wire-samples: skipped, no recorded replies beside the repository');

const adapterOf: Record<string, AdapterName> = {
  'openai-chat': 'openai',
  'openai-compatible': 'openai_compat',
  'anthropic-messages': 'anthropic',
  'gemini-generate': 'gemini',
};

describe.runIf(present)('recorded replies of real services', () => {
  it('are all in the table, so that each is read', () => {
    const files = readdirSync(samples, { recursive: true, encoding: 'utf8' });
    const replies = files.map((file) => file.replaceAll('\\', '/')).filter((file) => file.includes('/'));
    expect(replies.toSorted()).toEqual(
      [...Object.keys(sampleReplies), ...Object.keys(samplesApart)].toSorted(),
    );
  });

  it.each(Object.entries(sampleReplies))('%s', (file, expected) => {
    const reply = file.endsWith('.json') ? wholeReply(file) : streamedReply(file);
    expect(seen(reply)).toEqual(expected);
  });

  it.each(Object.entries(samplesApart))('%s is an error with the provider’s message', (file, expected) => {
    const text = readFileSync(new URL(file, samples), 'utf8');
    const error = adapter(file).toError(expected.status, JSON.parse(text), text);
    const { code, upstreamCode, retryAfterMs } = expected;
    expect(error).toEqual({
      code,
      upstreamCode,
      isOwnShape: true,
      retryAfterMs,
      upstreamMessage: error.upstreamMessage,
    });
    expect(error.upstreamMessage).toContain(expected.message);
  });
});

function adapter(file: string) {
  const name = adapterOf[file.slice(0, file.indexOf('/'))];
  if (!name) throw new Error(`no adapter for ${file}`);
  return adapterFor(name);
}

function wholeReply(file: string): ChatResult {
  const result = adapter(file).fromResponse(JSON.parse(readFileSync(new URL(file, samples), 'utf8')));
  if (!result) throw new Error(`${file} was not read as a reply`);
  return result;
}

function streamedReply(file: string): ChatResult {
  const protocol = adapter(file);
  const parts = partsOf(protocol, eventsIn('sse', [new TextEncoder().encode(framed(file))]));
  expect(parts.filter((part) => part.type === 'error')).toEqual([]);
  expect(parts.some((part) => part.type === 'end')).toBe(true);
  return collected(parts);
}

/** Adds the SSE framing that the samples omit. */
function framed(file: string): string {
  const text = readFileSync(new URL(file, samples), 'utf8');
  if (file.endsWith('.sse')) return text;
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => `event: ${eventName(file, line)}\ndata: ${line}\n\n`).join('');
}

function eventName(file: string, line: string): string {
  const { type } = JSON.parse(line) as { type?: string };
  return file.startsWith('anthropic-messages/') && type ? type : 'message';
}

function collected(parts: StreamPart[]): ChatResult {
  const result: ChatResult = { text: '', toolCalls: [], reasoning: '', finish: null, usage: null };
  const calls = new Map<number, ChatResult['toolCalls'][number]>();
  for (const part of parts) {
    if (part.type === 'text') result.text += part.text;
    if (part.type === 'reasoning') result.reasoning += part.text;
    if (part.type === 'finish') result.finish = part.reason;
    if (part.type === 'usage') result.usage = part.usage;
    if (part.type === 'filtered') result.filtered = part.message;
    if (part.type !== 'tool') continue;
    const call = calls.get(part.index) ?? { id: '', type: 'function', function: { name: '', arguments: '' } };
    calls.set(part.index, {
      ...call,
      id: part.id ?? call.id,
      function: {
        name: part.name ?? call.function.name,
        arguments: call.function.arguments + (part.arguments ?? ''),
      },
    });
  }
  return { ...result, toolCalls: [...calls.values()] };
}

function seen(reply: ChatResult): SampleReply {
  const { usage } = reply;
  return {
    text: reply.text.slice(0, 24),
    finish: reply.finish,
    usage: usage ? [usage.prompt_tokens, usage.completion_tokens, usage.total_tokens] : null,
    ...(usage?.cached_tokens ? { cached: usage.cached_tokens } : {}),
    ...(usage?.reasoning_tokens ? { reasoning: usage.reasoning_tokens } : {}),
    ...(reply.reasoning ? { thinks: reply.reasoning.slice(0, 12) } : {}),
    ...(reply.toolCalls.length > 0
      ? { calls: reply.toolCalls.map((call) => `${call.function.name}(${compact(call.function.arguments)})`) }
      : {}),
    ...(reply.filtered ? { filtered: reply.filtered.slice(0, 32) } : {}),
  };
}

/** Providers use white space differently, and may send nothing at all for a call without arguments. */
function compact(callArguments: string): string {
  return JSON.stringify(JSON.parse(callArguments || '{}'));
}
