import { expect, it } from 'vitest';
import { toUsage } from './usage.ts';

it('leaves usage unknown where the provider sends none, as zeros would count as free', () => {
  expect(toUsage({})).toBeNull();
  expect(toUsage({ prompt: null, completion: '12' })).toBeNull();
});

it('counts reasoning tokens once, whether inside or beside the completion', () => {
  expect(toUsage({ prompt: 10, completion: 50, reasoning: 40 })?.completion_tokens).toBe(50);
  expect(
    toUsage({ prompt: 10, completion: 10, reasoning: 40, reasoningApart: true })?.completion_tokens,
  ).toBe(50);
  expect(toUsage({ prompt: 10, completion: 10, reasoning: 40, total: 60 })?.completion_tokens).toBe(50);
});

it('adds up a missing total and keeps cached tokens', () => {
  expect(toUsage({ prompt: 10, completion: 5, cached: 8 })).toEqual({
    prompt_tokens: 10,
    completion_tokens: 5,
    total_tokens: 15,
    cached_tokens: 8,
  });
});

it('drops an invalid count (negative or fractional)', () => {
  expect(toUsage({ prompt: 10.4, completion: -1 })).toEqual({
    prompt_tokens: 10,
    completion_tokens: 0,
    total_tokens: 10,
  });
});
