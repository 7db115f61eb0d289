import type { KnownRefusal } from './known-refusals.ts';

const anthropic = 'anthropic_public';
const openrouter = 'openrouter';
const sampling = { temperature: 0.7, top_p: 0.9, top_k: 20 };
const prefill = [
  { role: 'user' as const, content: 'Begin.' },
  { role: 'assistant' as const, content: 'Once' },
];
const tool = { type: 'function', function: { name: 'roll', parameters: { type: 'object' } } };
const forced = { tools: [tool], tool_choice: 'required' };
const newestClaudes = ['claude-haiku-5-5', 'claude-sonnet-5-5', 'claude-opus-5-5'];
const unlistedClaudes = [
  'claude-opus-4-7',
  'claude-opus-4-8',
  'claude-sonnet-5',
  'claude-fable-5-2',
  'claude-opus-6-1',
];
/** What Anthropic is known to refuse. */
export const claudeFacts: KnownRefusal[] = [
  {
    fact: 'Claude 4.7 and later take no sampling parameter, listed or not',
    provider: anthropic,
    models: [...newestClaudes, ...unlistedClaudes],
    params: sampling,
    dropped: Object.keys(sampling),
  },
  {
    fact: 'nor do they on OpenRouter, where it would be ignored in silence',
    provider: openrouter,
    models: ['anthropic/claude-sonnet-5.5', 'anthropic/claude-opus-5.5:batch'],
    params: sampling,
    dropped: Object.keys(sampling),
  },
  {
    fact: 'sampling parameters that came by provider_options are left out too',
    provider: anthropic,
    models: newestClaudes,
    providerOptions: { body: { temperature: 0.7, top_k: 3 } },
    dropped: ['temperature', 'top_k'],
  },
  {
    fact: 'older Claudes keep them, but not temperature beside top_p',
    provider: anthropic,
    models: ['claude-haiku-4-5', 'claude-haiku-4-5-20251001', 'claude-sonnet-4-6', 'claude-opus-4-6'],
    params: sampling,
    sent: ['temperature', 'top_k'],
    dropped: ['top_p'],
  },
  {
    fact: 'a Claude of 2024 takes all of them',
    provider: anthropic,
    models: ['claude-3-5-sonnet-20240620', 'claude-3-haiku-20240307'],
    params: sampling,
    sent: Object.keys(sampling),
  },
  {
    fact: 'with the API version of 2026-10-21 no Claude takes them',
    provider: anthropic,
    models: ['claude-haiku-4-5', 'claude-3-5-sonnet-20240620'],
    params: { temperature: 0.7 },
    providerOptions: { headers: { 'anthropic-version': '2026-10-21' } },
    dropped: ['temperature'],
  },
  {
    fact: 'a thinking Claude 4 takes no temperature but 1, and no top_k',
    provider: anthropic,
    models: ['claude-sonnet-4-6', 'claude-haiku-4-5'],
    params: {
      temperature: 0.7,
      top_k: 5,
      thinking: { type: 'enabled', budget_tokens: 2000 },
      max_tokens: 5000,
    },
    dropped: ['temperature', 'top_k'],
    sent: ['thinking'],
  },
  {
    fact: 'temperature 1 passes while it thinks',
    provider: anthropic,
    models: ['claude-sonnet-4-6'],
    params: { temperature: 1, thinking: { type: 'adaptive' } },
    sent: ['temperature', 'thinking'],
  },
  {
    fact: 'Claude Haiku 4.5 has no effort',
    provider: anthropic,
    models: ['claude-haiku-4-5-20251001', 'claude-haiku-4-5', 'claude-sonnet-4-5'],
    params: { reasoning_effort: 'low' },
    dropped: ['reasoning_effort'],
  },
  {
    fact: 'Claude 4.6 and later answer 400 to a prefilled reply',
    provider: anthropic,
    models: ['claude-sonnet-4-6', ...newestClaudes, 'claude-opus-4-7'],
    messages: prefill,
    blocked: 'claude-prefill',
  },
  {
    fact: 'Claude 4.5 and earlier take a prefilled reply',
    provider: anthropic,
    models: ['claude-haiku-4-5', 'claude-3-5-sonnet-20240620'],
    messages: prefill,
  },
  {
    fact: 'a forced tool is refused',
    provider: anthropic,
    models: ['claude-sonnet-5-5', 'claude-opus-5-5', 'claude-fable-5-1', 'claude-fable-5-2'],
    params: forced,
    blocked: 'claude-forced-tool',
  },
  {
    fact: 'a forced tool is refused by way of OpenRouter too',
    provider: openrouter,
    models: ['anthropic/claude-sonnet-5.5'],
    params: forced,
    blocked: 'claude-forced-tool',
  },
  {
    fact: 'Claude Haiku 5.5 and Claude 4.6 take a forced tool',
    provider: anthropic,
    models: ['claude-haiku-5-5', 'claude-sonnet-4-6'],
    params: forced,
    sent: ['tools'],
  },
  {
    fact: 'thinking cannot be disabled',
    provider: anthropic,
    models: ['claude-sonnet-5-5', 'claude-opus-5-5', 'claude-fable-5-1'],
    params: { thinking: { type: 'disabled' } },
    blocked: 'claude-thinking-disabled',
  },
  {
    fact: 'Claude Sonnet 5.5 has between_tools',
    provider: anthropic,
    models: ['claude-sonnet-5-5'],
    params: { thinking: { type: 'between_tools' } },
    sent: ['thinking'],
  },
  {
    fact: 'Claude 5.5 takes no thinking budget',
    provider: anthropic,
    models: [...newestClaudes, 'claude-fable-5'],
    params: { thinking: { type: 'enabled', budget_tokens: 2000 }, max_tokens: 5000 },
    blocked: 'claude-thinking-budget',
  },
  {
    fact: 'a budget that came by provider_options is judged too',
    provider: anthropic,
    models: ['claude-haiku-5-5'],
    providerOptions: { body: { thinking: { type: 'enabled', budget_tokens: 2000 } } },
    blocked: 'claude-thinking-budget',
  },
  {
    fact: 'thinking cannot be off while the effort is above high',
    provider: anthropic,
    models: ['claude-haiku-5-5', 'claude-opus-5'],
    params: { thinking: { type: 'disabled' }, output_config: { effort: 'xhigh' } },
    blocked: 'claude-thinking-off-high-effort',
  },
  {
    fact: 'thinking can be off while the effort is high',
    provider: anthropic,
    models: ['claude-haiku-5-5'],
    params: { thinking: { type: 'disabled' }, output_config: { effort: 'high' } },
    sent: ['thinking'],
  },
];
