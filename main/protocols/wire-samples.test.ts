import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ErrorInfo } from '../../contract/errors.ts';
import type { AdapterName } from '../../contract/provider.ts';
import { sampleReplies, samplesApart } from '../adapters/__fixtures__/sample-replies.ts';
import { eventsIn, partsOf } from '../adapters/__fixtures__/stream-events.ts';
import type { ChatResult, StreamPart } from '../adapters/define.ts';
import { adapterFor } from '../adapters/index.ts';
import { answerOf } from './__fixtures__/canned.ts';
import { normal, readable, readResponse, readStream, readWhole } from './__fixtures__/read-back.ts';
import { metaOf } from './__fixtures__/reply-meta.ts';
import type { Answer, JsonObject, ProtocolEvent, ReplyStream } from './define.ts';
import { chatProtocols } from './protocols.ts';
import { errorView } from './shared/error-view.ts';

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

function adapter(file: string) {
  const name = adapterOf[file.slice(0, file.indexOf('/'))];
  if (!name) throw new Error(`no adapter for ${file}`);
  return adapterFor(name);
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

function recordedParts(file: string): StreamPart[] {
  return partsOf(adapter(file), eventsIn('sse', [new TextEncoder().encode(framed(file))]));
}

/** The neutral answer for a complete reply, as the core builds it. */
function toAnswer({ text, toolCalls, reasoning, finish, usage, filtered }: ChatResult): Answer {
  const data = {
    reply: text,
    finish_reason: finish,
    usage,
    ...(toolCalls.length > 0 ? { tool_calls: toolCalls } : {}),
  };
  const refusal = filtered !== undefined && text === '' ? { refusal: filtered } : {};
  return answerOf({ ...data, ...(reasoning ? { reasoning } : {}) }, { usage, ...refusal });
}

/** Feeds a provider's parts to one of our streams, as the core does, and assembles the final answer. */
function passOn(parts: StreamPart[], stream: ReplyStream): { events: ProtocolEvent[]; result: ChatResult } {
  const result: ChatResult = { text: '', toolCalls: [], reasoning: '', finish: null, usage: null };
  stream.start({ provider: 'p', model: 'm' }, []);
  const events = parts.flatMap((part): ProtocolEvent[] => {
    switch (part.type) {
      case 'text':
        result.text += part.text;
        return stream.delta(part.text);
      case 'reasoning':
        result.reasoning += part.text;
        return stream.reasoning(part.text);
      case 'tool': {
        const { type: _, ...piece } = part;
        const call = (result.toolCalls[part.index] ??= {
          id: '',
          type: 'function',
          function: { name: '', arguments: '' },
        });
        call.function.name ||= part.name ?? '';
        call.function.arguments += part.arguments ?? '';
        return stream.tool(piece);
      }
      case 'usage':
        result.usage = part.usage;
        stream.usage(part.usage);
        return [];
      case 'finish':
        result.finish = part.reason;
        return [];
      case 'filtered':
        result.filtered = part.message;
        return [];
      default:
        return [];
    }
  });
  events.push(...stream.done(toAnswer(result)));
  return { events, result: { ...result, toolCalls: result.toolCalls.filter(Boolean) } };
}

const whole = Object.keys(sampleReplies).filter((file) => file.endsWith('.json'));
const streamed = Object.keys(sampleReplies).filter((file) => !file.endsWith('.json'));
const noUsage = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };

/** Ollama cannot express a filtered reply, and a reply without counts gets zeros. */
function expected(result: ChatResult, name: string) {
  const read = normal(result);
  const finish = name === 'ollama-chat' && read.finish === 'content_filter' ? 'stop' : read.finish;
  return { ...read, finish, usage: read.usage ?? noUsage };
}

describe.runIf(present)('recorded replies of real services', () => {
  describe.each(readable)('through $protocol.name', (reader) => {
    it.each(whole)('whole: %s', (file) => {
      const result = adapter(file).fromResponse(JSON.parse(readFileSync(new URL(file, samples), 'utf8')));
      if (!result) throw new Error(`${file} was not read`);
      const read = readWhole(reader.protocol.fromAnswer(toAnswer(result), metaOf()), reader);
      expect({ ...read, usage: read.usage ?? noUsage }).toEqual(expected(result, reader.protocol.name));
    });

    it.each(streamed)('streamed: %s', (file) => {
      const { events, result } = passOn(recordedParts(file), reader.protocol.newStream(metaOf()));
      const read = readStream(events, reader);
      expect({ ...read, usage: read.usage ?? noUsage }).toEqual(expected(result, reader.protocol.name));
    });
  });

  describe('through openai-responses', () => {
    const { openAiResponses } = chatProtocols;
    const meta = metaOf() as Parameters<typeof openAiResponses.newStream>[0];

    it.each(whole)('whole: %s', (file) => {
      const result = adapter(file).fromResponse(JSON.parse(readFileSync(new URL(file, samples), 'utf8')));
      if (!result) throw new Error(`${file} was not read`);
      const read = readResponse(openAiResponses.fromAnswer(toAnswer(result), meta));
      expect(read).toEqual(expected(result, 'openai-responses'));
    });

    it.each(streamed)('streamed: %s', (file) => {
      const { events, result } = passOn(recordedParts(file), openAiResponses.newStream(meta));

      const last = events.at(-1)?.data as JsonObject;
      expect(readResponse(last['response'] as JsonObject)).toEqual(expected(result, 'openai-responses'));
    });
  });

  it.each(Object.entries(samplesApart))('%s keeps its status, code and Retry-After', (file, { status }) => {
    const text = readFileSync(new URL(file, samples), 'utf8');
    const { code, upstreamCode, upstreamMessage, retryAfterMs } = adapter(file).toError(
      status,
      JSON.parse(text),
      text,
    );
    const details = {
      upstream_status: status,
      upstream_code: upstreamCode,
      ...(retryAfterMs === undefined ? {} : { retry_after_ms: retryAfterMs }),
    };
    const info: ErrorInfo = { code, message: upstreamMessage, details, request_id: 'req-1' };
    expect(errorView(info)).toMatchObject({ status, code: upstreamCode, message: upstreamMessage });
    const { headers } = chatProtocols.openAiResponses.toError(info);
    expect(headers).toEqual(
      retryAfterMs === undefined ? { 'x-should-retry': 'false' } : { 'retry-after': '35' },
    );
  });
});
