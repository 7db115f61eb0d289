import { describe, expect, it } from 'vitest';
import { answerOf, saysText, thinks } from '../__fixtures__/canned.ts';
import { metaOf } from '../__fixtures__/reply-meta.ts';
import { piecesOf } from '../__fixtures__/stream-answer.ts';
import type { Answer, Protocol, Wanted } from '../define.ts';
import { chatProtocols } from '../protocols.ts';

const all = Object.values(chatProtocols) as unknown as Protocol<Wanted>[];
const withTools = all.filter(({ name }) => !['openai-completions', 'ollama-generate'].includes(name));

const whole = (protocol: Protocol<Wanted>, answer: Answer, meta = metaOf()) =>
  JSON.stringify(protocol.fromAnswer(answer, meta));

function streamed(protocol: Protocol<Wanted>, answer: Answer, meta = metaOf()): string {
  const stream = protocol.newStream(meta);
  return JSON.stringify([...piecesOf(answer, stream), ...stream.done(answer)]);
}

describe.each(all)('$name', (protocol) => {
  it('returns a repaired reply, as clients parse the text themselves', () => {
    const answer = answerOf({ reply: '{"a":1,}', repaired: true, json: { a: 1 } });
    expect(whole(protocol, answer)).toContain(JSON.stringify('{"a":1}'));
    expect(whole(protocol, answer)).not.toContain('1,}');
  });

  it('reports dropped parameters and the provider’s warnings in the reply', () => {
    const dropped = [{ param: 'logit_bias', reason: 'this protocol has none' }];
    const answer = { ...saysText, dropped, warnings: ['the model is deprecated'] };
    const meta = metaOf({ warnings: ['`tempo` is not a field of this protocol'] });
    for (const text of [whole(protocol, answer, meta), streamed(protocol, answer, meta)]) {
      expect(text).toContain('`logit_bias` was not sent: this protocol has none');
      expect(text).toContain('the model is deprecated');
      expect(text).toContain('`tempo`');
    }
    expect(whole(protocol, saysText)).not.toContain('warnings');
  });

  it('marks unknown token counts, and does not invent them', () => {
    const answer = { ...saysText, usage: null };
    expect(whole(protocol, answer)).toMatch(/estimate/);
    expect(whole(protocol, saysText)).not.toMatch(/estimate/);
  });
});

it.each(withTools)('$name gives a call without an id one of its own, streaming or not', (protocol) => {
  const call = (name: string) => ({ id: '', type: 'function' as const, function: { name, arguments: '{}' } });
  const answer = answerOf({ tool_calls: [call('a'), call('b')], finish_reason: 'tool_calls' });
  for (const text of [whole(protocol, answer), streamed(protocol, answer)]) {
    expect(new Set(text.match(/call_\w{20,}/g)).size).toBe(2);
  }
});

it('a text completion’s stream has token counts only on request', () => {
  const { openAiCompletions } = chatProtocols;
  const meta = metaOf({ wanted: { ...metaOf().wanted, usage: false } as Wanted });
  const text = streamed(openAiCompletions as unknown as Protocol<Wanted>, saysText, meta);
  expect(text).not.toContain('usage');
});

it('Gemini shows thoughts only on request, streaming or not', () => {
  const protocol = chatProtocols.geminiGenerate as unknown as Protocol<Wanted>;
  const meta = () => metaOf({ wanted: { ...metaOf().wanted, includeThoughts: false } as Wanted });
  for (const text of [whole(protocol, thinks, meta()), streamed(protocol, thinks, meta())]) {
    expect(text).not.toContain('"thought":true');
  }
  expect(streamed(protocol, thinks)).toContain('"thought":true');
});
