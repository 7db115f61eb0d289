import { claudeFacts } from './known-claude-refusals.ts';

/**
 * What the vendors are known to refuse, written by hand from their documentation and packages, independently
 * of `registry/rules.json`, whose rules are checked against it.
 */
export interface KnownRefusal {
  fact: string;
  provider: string;
  models: string[];
  /** The call's parameters. */
  params?: Record<string, unknown>;
  providerOptions?: { body?: object; headers?: Record<string, string>; query?: Record<string, string> };
  messages?: { role: 'user' | 'assistant'; content: string }[];
  /**
   * The expected outcome for these parameters; for a request refused as a whole, the rule that refuses it.
   */
  dropped?: string[];
  rewritten?: string[];
  sent?: string[];
  blocked?: string;
}

const openAiSampling = { temperature: 0.7, top_p: 0.9, logprobs: true, top_logprobs: 2 };
const penalties = { presence_penalty: 0.5, frequency_penalty: 0.5 };
const oldVersion = { query: { 'api-version': '2024-06-01' } };
const tool = { type: 'function', function: { name: 'roll', parameters: { type: 'object' } } };
const anthropic = 'anthropic_public';
const openai = 'openai_public';
const azure = 'azure_openai';
const google = 'google_gemini';
const openrouter = 'openrouter';

const configurableGpts = ['gpt-6-luna', 'gpt-6.1-terra', 'gpt-6-sol'];
const reasoningGpts = [
  'gpt-6.2-sol',
  'gpt-6.1-sol',
  'gpt-6-astra',
  'gpt-6.3-nova',
  'gpt-5',
  'gpt-5-mini',
  'gpt-5.2',
  'gpt-5.6-luna',
  'o3',
  'o4-mini',
];

const gptFacts = (provider: string): KnownRefusal[] => [
  {
    fact: 'sampling parameters are taken only without reasoning',
    provider,
    models: configurableGpts,
    params: { ...openAiSampling, reasoning_effort: 'low' },
    dropped: Object.keys(openAiSampling),
  },
  {
    fact: 'it reasons unless told not to, so sampling parameters alone are refused',
    provider,
    models: configurableGpts,
    params: { temperature: 0.7 },
    dropped: ['temperature'],
  },
  {
    fact: 'without reasoning sampling parameters are taken',
    provider,
    models: configurableGpts,
    params: { ...openAiSampling, reasoning_effort: 'none' },
    sent: Object.keys(openAiSampling),
  },
  {
    fact: 'there is no effort "minimal"',
    provider,
    models: configurableGpts,
    params: { reasoning_effort: 'minimal' },
    rewritten: ['minimal'],
  },
  {
    fact: 'a model that always reasons takes no sampling parameter',
    provider,
    models: reasoningGpts,
    params: { ...openAiSampling, reasoning_effort: 'low' },
    dropped: Object.keys(openAiSampling),
  },
  {
    fact: 'effort "none" is not among the levels of those that always reason',
    provider,
    models: ['gpt-6.2-sol', 'gpt-6.1-sol', 'gpt-6-astra'],
    params: { reasoning_effort: 'none' },
    rewritten: ['none'],
  },
  {
    fact: 'no reasoning model takes penalties or max_tokens',
    provider,
    models: [...configurableGpts, ...reasoningGpts],
    params: { ...penalties, max_tokens: 99 },
    dropped: Object.keys(penalties),
    rewritten: ['max_tokens'],
  },
  {
    fact: 'models before GPT-5, and names that only look like one, keep everything',
    provider,
    models: ['gpt-4o', 'gpt-4.1-mini', 'gpt-4.5', 'my-gpt-5-style'],
    params: { temperature: 0.7, top_p: 0.9, ...penalties, max_tokens: 99 },
    sent: ['temperature', 'top_p', ...Object.keys(penalties), 'max_tokens'],
  },
];

const otherFacts: KnownRefusal[] = [
  {
    fact: 'between_tools goes with effort low to high only',
    provider: anthropic,
    models: ['claude-sonnet-5-5'],
    params: { thinking: { type: 'between_tools' }, output_config: { effort: 'max' } },
    blocked: 'claude-between-tools-effort',
  },
  {
    fact: 'an effort that the generation does not have becomes the nearest one',
    provider: openai,
    models: ['gpt-5', 'gpt-5.1', 'gpt-5.4', 'o3'],
    params: { reasoning_effort: 'max' },
    rewritten: ['max'],
  },
  {
    fact: 'names of other APIs are answered with a 400',
    provider: openai,
    models: ['gpt-4o', 'gpt-6-luna'],
    params: { top_k: 20, min_p: 0.1, repetition_penalty: 1.1, thinking: { type: 'disabled' } },
    dropped: ['top_k', 'min_p', 'repetition_penalty', 'thinking'],
  },
  {
    fact: 'models before GPT-5 have neither effort nor verbosity',
    provider: azure,
    models: ['gpt-4o', 'gpt-35-turbo'],
    params: { reasoning_effort: 'low', verbosity: 'low' },
    dropped: ['reasoning_effort', 'verbosity'],
  },
  {
    fact: 'Gemini 4 takes no thinking budget and no sampling parameters',
    provider: google,
    models: ['gemini-4-argon', 'gemini-4-hydrogen'],
    params: { thinking_budget: 500, temperature: 0.4 },
    dropped: ['thinking_budget', 'temperature'],
  },
  {
    fact: 'a thinking level "minimal" exists only below 3.7 Flash',
    provider: google,
    models: ['gemini-3.8-flash', 'gemini-4-argon', 'gemini-3-pro-preview'],
    params: { thinking_level: 'minimal' },
    rewritten: ['minimal'],
  },
  {
    fact: 'a thinking level above "high" exists only for a few',
    provider: google,
    models: ['gemini-3.8-flash', 'gemini-4-argon'],
    params: { thinking_level: 'xhigh' },
    rewritten: ['xhigh'],
  },
  {
    fact: 'Llama 3.1 70B takes no penalties or seed any more',
    provider: openrouter,
    models: ['meta-llama/llama-3.1-70b-instruct'],
    params: { ...penalties, seed: 1 },
    dropped: [...Object.keys(penalties), 'seed'],
  },
  {
    fact: 'on OpenRouter a reasoning GPT takes no sampling parameters either; max_tokens is the name there',
    provider: openrouter,
    models: ['openai/gpt-6.2-sol', 'openai/gpt-5-mini'],
    params: { temperature: 0.7, max_tokens: 99 },
    dropped: ['temperature'],
    sent: ['max_tokens'],
  },
  {
    fact: 'GPT-5 and later refuse an api-version of 2024 on Azure',
    provider: azure,
    models: ['gpt-5.1', 'gpt-6-luna', 'gpt-5-mini'],
    providerOptions: oldVersion,
    blocked: 'azure-old-version',
  },
  {
    fact: 'older deployments on Azure take an api-version of 2024',
    provider: azure,
    models: ['gpt-4o', 'gpt-35-turbo'],
    providerOptions: oldVersion,
  },
  {
    fact: 'Gemini 3 and later refuse a level together with a budget',
    provider: google,
    models: ['gemini-3.8-flash', 'gemini-3.5-flash-lite', 'gemini-3-pro-preview', 'gemini-flash-latest'],
    params: { thinking_level: 'low', thinking_budget: 500 },
    sent: ['thinking_level'],
    dropped: ['thinking_budget'],
  },
  {
    fact: 'a budget by provider_options beside a level is left out too',
    provider: google,
    models: ['gemini-3.8-flash'],
    params: { thinkingConfig: { thinkingLevel: 'low' } },
    providerOptions: { body: { generationConfig: { thinkingConfig: { thinkingBudget: 500 } } } },
    dropped: ['thinking_budget'],
  },
  {
    fact: 'Gemini 3 and later take no penalties',
    provider: google,
    models: [
      'gemini-3.8-flash',
      'gemini-3.5-flash-lite',
      'gemini-4-hydrogen',
      'gemini-4-argon',
      'gemini-4-krypton',
    ],
    params: penalties,
    dropped: Object.keys(penalties),
  },
  {
    fact: 'Gemini 1.5 and 2.5 keep penalties and temperature',
    provider: google,
    models: ['gemini-1.5-pro', 'gemini-2.5-flash'],
    params: { ...penalties, temperature: 0.4 },
    sent: [...Object.keys(penalties), 'temperature'],
  },
  {
    fact: 'Sonar takes no seed, stop or response_format',
    provider: openrouter,
    models: ['perplexity/sonar'],
    params: { seed: 1, stop: ['x'], response_format: { type: 'json_object' } },
    dropped: ['seed', 'stop', 'response_format'],
  },
  {
    fact: 'Sonar takes no tools',
    provider: openrouter,
    models: ['perplexity/sonar'],
    params: { tools: [tool] },
    blocked: 'sonar-tools',
  },
];

export const knownRefusals: KnownRefusal[] = [
  ...claudeFacts,
  ...gptFacts(openai),
  ...gptFacts(azure),
  ...otherFacts,
];
