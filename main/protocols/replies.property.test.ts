import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ToolCall, ToolDelta } from '../../contract/chat.ts';
import { answerOf } from './__fixtures__/canned.ts';
import { normal, readable, readResponse, readStream, readWhole } from './__fixtures__/read-back.ts';
import { metaOf } from './__fixtures__/reply-meta.ts';
import type { Answer, JsonObject, ProtocolEvent, ReplyStream } from './define.ts';
import { chatProtocols } from './protocols.ts';

const words = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' });
const args = fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.oneof(words, fc.integer(), fc.boolean()), {
  maxKeys: 3,
});
const call = fc.record({ name: fc.stringMatching(/^[a-z_]{1,10}$/), args });

/** A reply as parts in any order that a provider may use: the parts of several calls may be interleaved. */
const reply = fc
  .record({
    thoughts: fc.array(words, { maxLength: 3 }),
    texts: fc.array(words, { maxLength: 4 }),
    calls: fc.array(call, { maxLength: 3 }),
  })
  .chain(({ thoughts, texts, calls }) => {
    const made: ToolCall[] = calls.map(({ name, args: given }, index) => ({
      id: `call_x${index}`,
      type: 'function',
      function: { name, arguments: JSON.stringify(given) },
    }));
    const opened = made.map(({ id, function: fn }, index): ToolDelta => ({ index, id, name: fn.name }));
    const halves = made.flatMap(({ function: fn }, index): [ToolDelta, ToolDelta] => [
      { index, arguments: fn.arguments.slice(0, 3) },
      { index, arguments: fn.arguments.slice(3) },
    ]);
    const firsts = halves.filter((_, location) => location % 2 === 0);
    const seconds = halves.filter((_, location) => location % 2 === 1);
    return fc
      .tuple(
        fc.shuffledSubarray(firsts, { minLength: firsts.length }),
        fc.shuffledSubarray(seconds, { minLength: seconds.length }),
        fc.nat(made.length),
      )
      .map(([a, b, at]) => ({ thoughts, texts, made, tools: [...opened, ...a, ...b], at }));
  });

type Sample = typeof reply extends fc.Arbitrary<infer S> ? S : never;

function answerTo({ thoughts, texts, made }: Sample): Answer {
  return answerOf({
    reply: texts.join(''),
    finish_reason: made.length > 0 ? 'tool_calls' : 'stop',
    ...(thoughts.length > 0 ? { reasoning: thoughts.join('') } : {}),
    ...(made.length > 0 ? { tool_calls: made } : {}),
  });
}

function streamed(sample: Sample, stream: ReplyStream): ProtocolEvent[] {
  stream.start({ provider: 'p', model: 'm' }, []);
  const cut = Math.min(sample.at, sample.tools.length);
  return [
    ...sample.thoughts.flatMap((piece) => stream.reasoning(piece)),
    ...sample.tools.slice(0, cut).flatMap((piece) => stream.tool(piece)),
    ...sample.texts.flatMap((piece) => stream.delta(piece)),
    ...sample.tools.slice(cut).flatMap((piece) => stream.tool(piece)),
    ...stream.done(answerTo(sample)),
  ];
}

function expected(sample: Sample) {
  const { reply: text, tool_calls = [], reasoning = '', finish_reason } = answerTo(sample).data;
  const { usage } = answerTo(sample);
  return normal({ text, toolCalls: tool_calls, reasoning, finish: finish_reason, usage });
}

describe.each(readable)('$protocol.name', (reader) => {
  it('a whole reply has the content of the answer', () => {
    fc.assert(
      fc.property(reply, (sample) => {
        expect(readWhole(reader.protocol.fromAnswer(answerTo(sample), metaOf()), reader)).toEqual(
          expected(sample),
        );
      }),
    );
  });

  it('a stream has the same content, whatever the order of its parts', () => {
    fc.assert(
      fc.property(reply, (sample) => {
        expect(readStream(streamed(sample, reader.protocol.newStream(metaOf())), reader)).toEqual(
          expected(sample),
        );
      }),
    );
  });
});

describe('openai-responses', () => {
  const { openAiResponses } = chatProtocols;
  const meta = () => metaOf() as Parameters<typeof openAiResponses.newStream>[0];

  it('a whole reply has the content of the answer', () => {
    fc.assert(
      fc.property(reply, (sample) => {
        expect(readResponse(openAiResponses.fromAnswer(answerTo(sample), meta()))).toEqual(expected(sample));
      }),
    );
  });

  it('a stream’s deltas add up to its items, each opened and closed once, in order', () => {
    fc.assert(
      fc.property(reply, (sample) => {
        const events = streamed(sample, openAiResponses.newStream(meta())).map(
          ({ data }) => data as JsonObject,
        );
        const response = events.at(-1)?.['response'] as JsonObject;
        expect(readResponse(response)).toEqual(expected(sample));
        expect(events.map(({ sequence_number }) => sequence_number)).toEqual(events.map((_, index) => index));
        const of = (type: string) => events.filter((event) => event['type'] === type);
        const output = response['output'] as JsonObject[];
        expect(of('response.output_item.added').map(({ output_index }) => output_index)).toEqual(
          output.map((_, index) => index),
        );
        for (const [index, item] of output.entries()) {
          const deltas = events.filter(
            (event) => event['output_index'] === index && String(event['type']).endsWith('.delta'),
          );
          const reported =
            item['arguments'] ??
            (item['content'] as JsonObject[] | undefined)?.[0]?.['text'] ??
            (item['summary'] as JsonObject[])[0]?.['text'];
          expect(deltas.map(({ delta }) => delta).join('')).toBe(reported);
          expect(
            of('response.output_item.done').find(({ output_index }) => output_index === index)?.['item'],
          ).toEqual(item);
        }
      }),
    );
  });
});
