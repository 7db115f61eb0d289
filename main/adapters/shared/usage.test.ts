import { expect, it } from 'vitest';
import { toUsage } from './usage.ts';

it('tells no usage where the provider told none, rather than zeros that would be booked as free', () => {
  expect(toUsage({})).toBeNull();
  expect(toUsage({ prompt: null, completion: '12' })).toBeNull();
});

it('counts reasoning once, whether the wire has it inside or beside the completion', () => {
  expect(toUsage({ prompt: 10, completion: 50, reasoning: 40 })?.completion_tokens).toBe(50);
  expect(
    toUsage({ prompt: 10, completion: 10, reasoning: 40, reasoningApart: true })?.completion_tokens,
  ).toBe(50);
  expect(toUsage({ prompt: 10, completion: 10, reasoning: 40, total: 60 })?.completion_tokens).toBe(50);
});

it('adds up a total the provider left out and keeps cached tokens', () => {
  expect(toUsage({ prompt: 10, completion: 5, cached: 8 })).toEqual({
    prompt_tokens: 10,
    completion_tokens: 5,
    total_tokens: 15,
    cached_tokens: 8,
  });
});

it('does not let a broken count (negative, fractional) through the contract of whole numbers', () => {
  expect(toUsage({ prompt: 10.4, completion: -1 })).toEqual({
    prompt_tokens: 10,
    completion_tokens: 0,
    total_tokens: 10,
  });
});
