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
  ['a model that always reasons', 'openai', 'gpt-5-mini'],
  ['one at its lowest level, which is not off', 'openai', 'gpt-5-mini', { reasoning_effort: 'minimal' }],
  ['one that can be turned off, and is not', 'openai', 'gpt-5.2'],
  ['an o-series model', 'openai', 'o4-mini'],
  ['a Gemini with a budget', 'gemini', 'gemini-2.5-flash', { generationConfig: { thinkingConfig: {} } }],
  ['a Gemini by default', 'gemini', 'gemini-2.5-flash'],
  ['a Claude with thinking turned on', 'anthropic', 'claude-sonnet-4-5', { thinking: { type: 'enabled' } }],
  ['a Claude that thinks by default', 'anthropic', 'claude-sonnet-5'],
  ['any model of a router', 'openrouter', 'new/model'],
  ['an unknown model with reasoning turned on', 'openai_compat', 'unheard-of', { reasoning_effort: 'low' }],
])('%s may reason without showing it: %s %s', (_what, adapter, id, body) => {
  expect(thinks(adapter, id, body)).toBe(true);
});

test.each<[string, AdapterName, string, object?]>([
  ['a model without reasoning', 'openai', 'gpt-4o-mini'],
  ['one with reasoning turned off', 'openai', 'gpt-5.2', { reasoning_effort: 'none' }],
  [
    'a Gemini without a budget',
    'gemini',
    'gemini-2.5-flash',
    { generationConfig: { thinkingConfig: { thinkingBudget: 0 } } },
  ],
  ['a Claude that thinks only on request', 'anthropic', 'claude-sonnet-4-5'],
  ['a Claude with thinking turned off', 'anthropic', 'claude-haiku-5', { thinking: { type: 'disabled' } }],
  ['an unknown model', 'openai_compat', 'unheard-of'],
])('%s does not reason: %s %s', (_what, adapter, id, body) => {
  expect(thinks(adapter, id, body)).toBe(false);
});

test('an unknown model is judged by its tags', () => {
  expect(thinks('openai_compat', 'unheard-of', {}, ['reasoning'])).toBe(true);
});
