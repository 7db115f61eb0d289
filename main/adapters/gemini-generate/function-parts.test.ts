import { expect, test } from 'vitest';
import type { Message } from '../../../contract/chat.ts';
import { geminiGenerate } from './adapter.ts';

const target = { provider: 'google_gemini', model: 'gemini-3.8-flash', settings: {} };

function contents(messages: Message[], settings: Record<string, unknown> = {}): unknown {
  return geminiGenerate.toRequest({ messages, params: {}, stream: false }, { ...target, settings }).body
    .contents;
}

const call = (id: string, name = 'look') => ({ id, type: 'function', function: { name, arguments: '{}' } });

test('a signature from Gemini goes back with its call; without it Gemini answers 400', () => {
  const part = { functionCall: { name: 'look', args: { at: 'pier' }, id: 'fc-1' }, thoughtSignature: 'c2ln' };
  const reply = geminiGenerate.fromResponse({
    candidates: [{ content: { parts: [part] }, finishReason: 'STOP' }],
  });
  const [turn] = contents([{ role: 'assistant', content: null, tool_calls: reply?.toolCalls }]) as [
    { parts: unknown },
  ];
  expect(turn.parts).toEqual([part]);
});

test('the second of two parallel calls gets no placeholder signature, as Gemini itself signs only the first', () => {
  const signed = { ...call('fc-1'), extra_content: { google: { thought_signature: 'c2ln' } } };
  const [turn] = contents([{ role: 'assistant', tool_calls: [signed, call('fc-2')] }]) as [
    { parts: object[] },
  ];
  expect(turn.parts.map((part) => 'thoughtSignature' in part)).toEqual([true, false]);
});

test('no placeholder signature is added where the settings say `as_given`', () => {
  const messages: Message[] = [{ role: 'assistant', tool_calls: [call('fc-1')] }];
  expect(JSON.stringify(contents(messages, { thought_signatures: 'as_given' }))).not.toContain(
    'thoughtSignature',
  );
});

test('a result takes the name of the latest call with its id, as generated ids repeat in every step', () => {
  const answer: Message = { role: 'tool', tool_call_id: 'call_0', content: 'ok' };
  const [, first, , second] = contents([
    { role: 'assistant', tool_calls: [call('call_0', 'look')] },
    answer,
    { role: 'assistant', tool_calls: [call('call_0', 'walk')] },
    answer,
  ]) as { parts: [{ functionResponse: { name: string } }] }[];
  expect([first, second].map((turn) => turn?.parts[0].functionResponse.name)).toEqual(['look', 'walk']);
});

test('a result of an unknown call is sent as `unknown`, and reported', () => {
  const { body, dropped } = geminiGenerate.toRequest(
    { messages: [{ role: 'tool', tool_call_id: 'gone', content: '[1]' }], params: {}, stream: false },
    target,
  );
  expect(body.contents).toEqual([
    {
      role: 'user',
      parts: [{ functionResponse: { id: 'gone', name: 'unknown', response: { output: '[1]' } } }],
    },
  ]);
  expect(dropped.map(({ param }) => param)).toEqual(['messages[0].tool_call_id']);
});

test('results of two steps stay in two turns', () => {
  const turns = contents([
    { role: 'assistant', tool_calls: [call('a')] },
    { role: 'tool', tool_call_id: 'a', content: '1' },
    { role: 'user', content: 'and?' },
    { role: 'tool', tool_call_id: 'a', content: '2' },
  ]) as { role: string; parts: unknown[] }[];
  expect(turns.map((turn) => turn.parts.length)).toEqual([1, 1, 1, 1]);
});
