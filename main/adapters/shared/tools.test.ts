import { expect, it } from 'vitest';
import { argumentsObject, readToolChoice, readTools, toolCallsOf } from './tools.ts';

it('gives the positions of tools that are not functions, so that each is reported', () => {
  const read = readTools([
    { type: 'web_search' },
    { type: 'function', function: { name: 'roll', strict: true } },
  ]);
  expect(read).toEqual({ tools: [{ index: 1, name: 'roll', strict: true }], others: [0] });
});

it('reads calls whose arguments are an object or missing, as some servers send them', () => {
  const calls = toolCallsOf({
    tool_calls: [
      { id: 'a', function: { name: 'roll', arguments: { sides: 6 } } },
      { function: { name: 'look' } },
      {},
    ],
  });
  expect(calls.map((call) => call.function.arguments)).toEqual(['{"sides":6}', '']);
});

it('does not read an unknown choice as a known one', () => {
  expect(readToolChoice('any')).toBeUndefined();
  expect(readToolChoice({ type: 'function', function: { name: 'roll' } })).toEqual({ name: 'roll' });
});

it('gives no object for arguments that are none', () => {
  expect(argumentsObject('')).toEqual({});
  expect(argumentsObject('[1]')).toBeUndefined();
  expect(argumentsObject('{"a":')).toBeUndefined();
});
