import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { AdapterName } from '../../../../contract/provider.ts';
import { ruleBook } from '../../../../contract/rule-book.ts';
import { factsOf } from '../../registry/model-facts.ts';
import { mayThinkUnseen } from './may-think.ts';

const book = ruleBook.parse(
  JSON.parse(readFileSync(new URL('../../../../registry/rules.json', import.meta.url), 'utf8')),
);

function thinks(adapter: AdapterName, id: string, body: object = {}, tags: string[] = []): boolean {
  const facts = factsOf(book, { adapter, settings: {} }, { id, wireId: id, rules: [] });
  return mayThinkUnseen(facts.reasoning, { tags }, { ...body });
}

test.each<[string, AdapterName, string, object?]>([
  ['a model that always thinks', 'openai', 'gpt-5-mini'],
  ['one at its lowest level, which is no off', 'openai', 'gpt-5-mini', { reasoning_effort: 'minimal' }],
  ['one that can be told not to, and was not', 'openai', 'gpt-5.2'],
  ['an o-series model', 'openai', 'o4-mini'],
  ['a Gemini with a budget', 'gemini', 'gemini-2.5-flash', { generationConfig: { thinkingConfig: {} } }],
  ['a Gemini as it comes', 'gemini', 'gemini-2.5-flash'],
  ['a Claude that is told to', 'anthropic', 'claude-sonnet-4-5', { thinking: { type: 'enabled' } }],
  ['a Claude that does by itself', 'anthropic', 'claude-sonnet-5'],
  ['any model of a router', 'openrouter', 'new/model'],
  ['an unknown model that is told to', 'openai_compat', 'unheard-of', { reasoning_effort: 'low' }],
])('%s may reason without showing it: %s %s', (_what, adapter, id, body) => {
  expect(thinks(adapter, id, body)).toBe(true);
});

test.each<[string, AdapterName, string, object?]>([
  ['a model that cannot', 'openai', 'gpt-4o-mini'],
  ['one that is told not to', 'openai', 'gpt-5.2', { reasoning_effort: 'none' }],
  [
    'a Gemini without a budget',
    'gemini',
    'gemini-2.5-flash',
    { generationConfig: { thinkingConfig: { thinkingBudget: 0 } } },
  ],
  ['a Claude that only thinks when told to', 'anthropic', 'claude-sonnet-4-5'],
  ['a Claude that is told not to', 'anthropic', 'claude-haiku-5', { thinking: { type: 'disabled' } }],
  ['an unknown model', 'openai_compat', 'unheard-of'],
])('%s does not reason: %s %s', (_what, adapter, id, body) => {
  expect(thinks(adapter, id, body)).toBe(false);
});

test('an unknown model is judged by its tags', () => {
  expect(thinks('openai_compat', 'unheard-of', {}, ['reasoning'])).toBe(true);
});
